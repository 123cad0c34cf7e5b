package idempotency

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/examples/server/state"
)

// Times and sizes.
const (
	Lifetime  = 24 * time.Hour   // of an answer
	Grace     = 30 * time.Second // from the end of a call's time until its key is free, if it left no answer
	MaxKey    = 255              // characters of a key
	MaxAnswer = 1 << 20          // bytes of a body that is kept; of a longer one it is only known that there was one
)

// Keys keeps the answers to requests with keys. It is safe for concurrent use.
type Keys struct {
	db     *state.DB
	now    func() time.Time
	log    *slog.Logger
	pruned atomic.Int64 // when expired keys were last deleted, in microseconds
}

// New keeps keys in a database. Now is the clock, time.Now if it is nil, and log gets answers that could not be kept,
// slog.Default() if it is nil.
func New(db *state.DB, now func() time.Time, log *slog.Logger) *Keys {
	if now == nil {
		now = time.Now
	}
	if log == nil {
		log = slog.Default()
	}
	return &Keys{db: db, now: now, log: log}
}

// Answer carries out a request, or finds its answer, and returns what answers it. Caller and ws are whose key it is; a
// request without a key is just carried out. It fails with a crm.Error if the key is not one, is taken or belongs to another
// request.
func (k *Keys) Answer(r *http.Request, caller string, ws crm.WorkspaceID, next http.Handler) (http.Handler, error) {
	key, err := parse(r.Header.Values("Idempotency-Key"))
	if err != nil || key == "" {
		return next, err
	}
	body := &hashedBody{ReadCloser: r.Body, hash: sha256.New()}
	r.Body = body
	t := ticket{id: digest(ws.String(), caller, key), run: uuid.NewString()}
	got, err := k.take(r.Context(), t, ws)
	if err != nil {
		return nil, err
	}
	if !got {
		return k.replay(r, t, body)
	}
	rec := &recorder{header: http.Header{}}
	next.ServeHTTP(rec, r)
	k.settle(r, t, body, rec)
	return rec, nil
}

// ticket is a call that wants a key.
type ticket struct {
	id  string // hash of the key and whose it is
	run string // of this call alone
}

// take takes a key that is free, and reports whether it was.
func (k *Keys) take(ctx context.Context, t ticket, ws crm.WorkspaceID) (bool, error) {
	k.prune(ctx)
	now := k.now()
	end := now.Add(Lifetime)
	if deadline, ok := ctx.Deadline(); ok {
		end = now.Add(time.Until(deadline) + Grace)
	}
	rows, err := k.db.Exec(ctx, "take an idempotency key", `INSERT INTO server_idempotency (id, workspace, run, request, answer, expires_at)
		VALUES ($1, $2, $3, '', '', $4)
		ON CONFLICT (id) DO UPDATE SET run = $3, request = '', answer = '', expires_at = $4 WHERE server_idempotency.expires_at <= $5`,
		t.id, ws.String(), t.run, end.UnixMicro(), now.UnixMicro())
	return rows == 1, err
}

// replay finds the answer to a request that came before.
func (k *Keys) replay(r *http.Request, t ticket, body *hashedBody) (http.Handler, error) {
	var row struct{ Request, Answer string }
	found, err := k.db.Get(r.Context(), "find an answer", &row, `SELECT request, answer FROM server_idempotency WHERE id = $1`, t.id)
	if err != nil {
		return nil, err
	}
	if !found || row.Answer == "" { // it runs, or was given up in this moment
		return nil, taken()
	}
	request, err := requestHash(r, body)
	if err != nil {
		return nil, err
	}
	if request != row.Request {
		return nil, reused()
	}
	var a answer
	if err := json.Unmarshal([]byte(row.Answer), &a); err != nil {
		return nil, err
	}
	if a.Gone {
		return nil, gone()
	}
	a.Header.Set("Idempotent-Replayed", "true")
	return a, nil
}

// settle keeps an answer, or gives up the key. The client may be gone and the time of the call over, and still it counts.
func (k *Keys) settle(r *http.Request, t ticket, body *hashedBody, rec *recorder) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), 5*time.Second)
	defer cancel()
	request, err := requestHash(r, body)
	switch {
	case err == nil && rec.keeps():
		var doc []byte
		if doc, err = json.Marshal(rec.answer()); err == nil {
			_, err = k.db.Exec(ctx, "keep an answer",
				`UPDATE server_idempotency SET request = $1, answer = $2, expires_at = $3 WHERE id = $4 AND run = $5`,
				request, string(doc), k.now().Add(Lifetime).UnixMicro(), t.id, t.run)
		}
	default: // a request that did not arrive whole is an error too
		_, err = k.db.Exec(ctx, "give up an idempotency key", `DELETE FROM server_idempotency WHERE id = $1 AND run = $2`, t.id, t.run)
	}
	if err != nil {
		k.log.ErrorContext(ctx, "the answer to a request with an Idempotency-Key could not be kept", "status", rec.status, "error", err)
	}
}

// Forget removes what the answers of a workspace say. Requests that are sent again are told that they were carried out.
func (k *Keys) Forget(ctx context.Context, ws crm.WorkspaceID) error {
	doc, err := json.Marshal(answer{Gone: true})
	if err != nil {
		return err
	}
	_, err = k.db.Exec(ctx, "forget answers",
		`UPDATE server_idempotency SET answer = $1 WHERE workspace = $2 AND answer <> ''`, string(doc), ws.String())
	return err
}

// prune deletes some of the expired keys, once a minute in each process. What fails is done the next time.
func (k *Keys) prune(ctx context.Context) {
	now := k.now().UnixMicro()
	last := k.pruned.Load()
	if now-last < time.Minute.Microseconds() || !k.pruned.CompareAndSwap(last, now) {
		return
	}
	_, err := k.db.Exec(ctx, "delete expired answers",
		`DELETE FROM server_idempotency WHERE id IN (SELECT id FROM server_idempotency WHERE expires_at <= $1 LIMIT 10000)`, now)
	if err != nil {
		k.log.WarnContext(ctx, "expired Idempotency-Keys could not be deleted", "error", err)
	}
}

// digest is a hash of texts that no other texts have.
func digest(texts ...string) string {
	hash := sha256.New()
	for _, text := range texts {
		_, _ = hash.Write([]byte(strconv.Itoa(len(text)) + ":" + text)) // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}
