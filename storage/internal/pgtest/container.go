package pgtest

import (
	"context"
	"fmt"
	"time"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/modules/postgres"
)

// image is of a version that is old enough for most servers; what runs on it runs on later ones.
const image = "postgres:15"

// startContainer starts a server in a container and returns its DSN. Its error says why there is none.
func startContainer() (dsn string, err error) {
	defer func() {
		if r := recover(); r != nil { // testcontainers panics if it finds no engine
			err = fmt.Errorf("no container engine: %v", r)
		}
	}()
	quick, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	provider, err := testcontainers.ProviderDocker.GetProvider(testcontainers.WithLogger(silent{}))
	if err != nil {
		return "", fmt.Errorf("no container engine: %w", err)
	}
	defer provider.Close() //nolint:errcheck // it was only asked for its health
	if err := provider.Health(quick); err != nil {
		return "", fmt.Errorf("no container engine: %w", err)
	}
	// The first run pulls the image.
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	c, err := postgres.Run(ctx, image,
		postgres.WithDatabase("crm"), postgres.WithUsername("crm"), postgres.WithPassword("crm"),
		testcontainers.WithLogger(silent{}),
		testcontainers.WithCmdArgs("-c", "fsync=off"), // the data goes with the container
		postgres.BasicWaitStrategies())
	if err != nil {
		return "", fmt.Errorf("starting a container of %s: %w", image, err)
	}
	return c.ConnectionString(ctx, "sslmode=disable")
}

// silent keeps the log of testcontainers out of every test's output.
type silent struct{}

// Printf implements the logger of testcontainers.
func (silent) Printf(string, ...any) {}
