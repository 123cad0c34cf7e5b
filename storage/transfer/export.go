package transfer

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/getklar/influencercrm/crm"
)

// Export writes a workspace as a file of JSON lines, from one snapshot, and returns what it holds. The format is in the
// documentation of the package. Put a compress/gzip Writer around w for a small file; it takes several writes of some
// thousand bytes. A text of bytes that are no UTF-8 is an ErrInvalid, because JSON cannot hold it.
//
// If Export fails the file has no last line, and Import and Check refuse it.
func Export(ctx context.Context, from crm.Store, ws crm.WorkspaceID, w io.Writer, o *Options) (Summary, error) {
	mustBeGiven(from != nil, "Export", "a store to read")
	mustBeGiven(w != nil, "Export", "a file to write")
	out := bufio.NewWriterSize(w, 1<<16)
	write := func(lines []byte) error {
		if _, err := out.Write(lines); err != nil {
			return fmt.Errorf("writing the file: %w", err)
		}
		return nil
	}
	writeJSON := func(v any) error {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return write(append(text, '\n'))
	}
	s, err := sumUp(ctx, from, ws, o, true, func(head crm.Head, counts Counts) error {
		return writeJSON(header{format, ws, head, counts})
	}, write)
	if err != nil {
		return Summary{}, err
	}
	if err := writeJSON(map[string]trailer{"end": {s.Counts, s.SHA256}}); err != nil {
		return Summary{}, err
	}
	if err := out.Flush(); err != nil {
		return Summary{}, fmt.Errorf("writing the file: %w", err)
	}
	return s, nil
}
