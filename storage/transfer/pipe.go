package transfer

import (
	"cmp"
	"context"
)

// pipe runs produce in a goroutine of its own and calls consume with what it sends, one ahead, so that reading and
// writing overlap. It returns when both have ended, with the error of consume, or else that of produce.
func pipe[T any](ctx context.Context, produce func(ctx context.Context, send func(T) error) error, consume func(T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	sent, ended := make(chan T, 1), make(chan error, 1)
	go func() {
		defer close(sent)
		ended <- produce(ctx, func(v T) error {
			select {
			case sent <- v:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
	}()
	var failed error
	for v := range sent {
		if failed != nil {
			continue
		}
		if failed = consume(v); failed != nil {
			cancel()
		}
	}
	return cmp.Or(failed, <-ended)
}
