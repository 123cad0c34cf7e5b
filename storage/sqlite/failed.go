package sqlite

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
)

// failed says why a database cannot be opened, as far as the file system or SQLite's code tells. It has sentences because whoever
// names a file to a program is who can name another one.
func (s source) failed(log *slog.Logger, err error) error {
	if log != nil {
		log.Error("database cannot be opened", "path", s.path, "error", err)
	}
	family, problem := crm.ErrStorage, sentence.Of("it cannot be opened")
	folder := filepath.Dir(s.path)
	if info, statErr := os.Stat(folder); errors.Is(statErr, fs.ErrNotExist) {
		problem = sentence.Of("its folder %q does not exist; make it first", folder)
	} else if statErr == nil && !info.IsDir() {
		problem = sentence.Of("%q is no folder", folder)
	} else if info, statErr := os.Stat(s.path); statErr == nil && info.IsDir() {
		problem = sentence.Of("this is a folder; name a file in it")
	} else if failure, ok := errors.AsType[*driver.Error](err); ok {
		problem, family = told(failure.Code())
	}
	return sentence.Errorf("%s: database %q: %s", family, s.path, problem)
}

// told says what an error code of SQLite means for a file that is to be opened.
func told(code int) (problem sentence.Sentence, family error) {
	switch code & 0xff {
	case lib.SQLITE_NOTADB:
		return sentence.Of("this file is no SQLite database, or it is encrypted"), crm.ErrStorage
	case lib.SQLITE_CORRUPT:
		return sentence.Of("this file is damaged; restore it from a copy"), crm.ErrStorage
	case lib.SQLITE_READONLY:
		return sentence.Of("the file or its folder cannot be written; check the permissions"), crm.ErrReadOnly
	case lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return sentence.Of("the file or its folder cannot be read or written; check the permissions"), crm.ErrStorage
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return sentence.Of("it is held by another program"), crm.ErrBusy
	default:
		return sentence.Of("it cannot be opened (code %d)", code), crm.ErrStorage
	}
}
