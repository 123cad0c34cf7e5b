package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
)

// serverName is the name of the command that serves.
const serverName = "server"

// options are the choices of whoever starts the program.
type options struct {
	addr      string
	db        string
	demo      demoOptions
	tokenFile string
	logFormat logFormat
	hosts     list
	origins   list
	rate      float64

	webhookAllowPrivate bool

	uploadDir     string
	googleAccount string // path of a key file
	googleKey     string

	// mcp serves one assistant on standard input and output in place of HTTP, and mcpWrite lets it propose and apply changes.
	mcp, mcpWrite bool
}

func (o *options) define(flags *flag.FlagSet) {
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "the `address` to listen on; one that other machines reach needs a token")
	flags.StringVar(&o.tokenFile, "token-file", "", "a `file` with a token of at least 32 characters that may do everything, "+
		"besides those in the database")
	flags.Var(&o.logFormat, "log-format", "`text` or json")
	flags.Var(&o.hosts, "host", "a `name` of this server, such as crm.example; several with commas between")
	flags.Var(&o.origins, "origin", "the `origin` of the server's pages if a proxy changes the name of the host, such as "+
		"https://crm.example; several with commas between")
	flags.Float64Var(&o.rate, "rate", 200, "how many `requests` a second each token has, and twice as many at once; 0 for no limit")
	flags.StringVar(&o.uploadDir, "upload-dir", "", "the `folder` for files while they are uploaded; that of the system if it is not given")
	flags.StringVar(&o.googleAccount, "google-account", "",
		"the key `file` of the service account that reads Google sheets, which are shared with it")
	flags.StringVar(&o.googleKey, "google-key", "",
		"an API `key` that reads public Google sheets; better as CRM_GOOGLE_KEY, which nobody else sees")
	flags.BoolVar(&o.mcp, "mcp", false, "serve an assistant on standard input and output (Model Context Protocol) in place of HTTP")
	flags.BoolVar(&o.mcpWrite, "mcp-write", false, "with -mcp: let the assistant change what a person has agreed to")
	flags.BoolVar(&o.webhookAllowPrivate, "webhook-allow-private", false, "send webhooks to addresses in private networks too, and over http")
	flags.StringVar(&o.db, "db", "", dbUsage+" (default crm.db, or crm-demo.db with -demo)")
	o.demo.define(flags)
}

// complete fills in what depends on other flags, and checks what the flags say together.
func (o *options) complete() error {
	if o.db == "" {
		if o.db = "crm.db"; o.demo.on {
			o.db = "crm-demo.db"
		}
	}
	return o.demo.check()
}

const dbUsage = "an SQLite `file`, which is made if it is missing, or a DSN that begins with postgres://"

func defineDB(flags *flag.FlagSet, db *string) {
	flags.StringVar(db, "db", "crm.db", dbUsage)
}

// parseFlags reads the arguments of a command into flags that are defined. What they leave out comes from the environment:
// -addr is CRM_ADDR. It returns the arguments behind the flags.
func parseFlags(flags *flag.FlagSet, args []string, env func(string) (string, bool), errOut io.Writer) ([]string, error) {
	flags.SetOutput(errOut)
	flags.Usage = func() {
		_, _ = fmt.Fprintf(errOut, "Usage of %s; each option is also an environment variable, -addr is CRM_ADDR:\n", flags.Name())
		flags.PrintDefaults()
		if flags.Name() == serverName {
			_, _ = fmt.Fprintln(errOut, "Access tokens are made and revoked by other commands: "+tokenUsage)
		}
	}
	var err error
	flags.VisitAll(func(f *flag.Flag) {
		name := "CRM_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if value, ok := env(name); ok && err == nil {
			if bad := f.Value.Set(value); bad != nil {
				err = fmt.Errorf("%s=%q: %w", name, value, bad)
			}
		}
	})
	if err == nil {
		err = flags.Parse(args)
	}
	return flags.Args(), err
}

// list is a flag with several values.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

// Set replaces the values.
func (l *list) Set(text string) error {
	*l = nil
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			*l = append(*l, part)
		}
	}
	return nil
}
