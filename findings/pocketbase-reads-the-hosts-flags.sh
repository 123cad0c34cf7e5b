#!/usr/bin/env bash
# github.com/pocketbase/pocketbase v0.36.8. Seen with Go 1.26.
#
# The guess: pocketbase.New makes a value from nothing but its defaults, so a program that embeds PocketBase beside other
# things, such as a comparison of servers, keeps its command line for itself.
# What happens: NewWithConfig reads os.Args of the host at once, long before Start or Execute. A --dir that means something
# else in the host replaces what the configuration says, without an error, and becomes the folder of PocketBase's database.
# Flags that PocketBase does not know are passed over in silence.
# The way out: core.NewBaseApp takes its configuration as a value and reads no command line; apis.Serve serves it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
export GOFLAGS=-mod=mod CGO_ENABLED=0

cat >main.go <<'GO'
package main

import (
	"fmt"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
)

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: "records"})
	fmt.Println("pocketbase.NewWithConfig:", app.DataDir())
	fmt.Println("core.NewBaseApp:", core.NewBaseApp(core.BaseAppConfig{DataDir: "records"}).DataDir())
}
GO
go mod init example.com/finding >/dev/null 2>&1
go get github.com/pocketbase/pocketbase@v0.36.8 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go build -o host .

seen="without flags
$(./host)
with flags of the host
$(./host --report=weekly --dir=photos)"
echo "$seen"
diff - <(echo "$seen") <<'SEEN' && echo 'as described'
without flags
pocketbase.NewWithConfig: records
core.NewBaseApp: records
with flags of the host
pocketbase.NewWithConfig: photos
core.NewBaseApp: records
SEEN
