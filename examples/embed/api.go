package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/crm/sentence"
	"github.com/getklar/influencercrm/crm/wire"
)

const (
	maxBody  = 1 << 20 // bytes
	patience = 5 * time.Second
)

func (h *host) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /shops/{shop}/cooperations", h.tenant(h.create))
	mux.HandleFunc("GET /shops/{shop}/cooperations", h.tenant(h.list))
	mux.HandleFunc("GET /shops/{shop}/cooperations/{id}", h.tenant(h.read))
	mux.HandleFunc("PATCH /shops/{shop}/cooperations/{id}", h.tenant(h.change))
	mux.HandleFunc("GET /shops/{shop}/changes", h.tenant(h.changes))
	return mux
}

// reply is an answer that went well.
type reply struct {
	status  int
	version int64 // of a record, for its ETag; 0 for none
	body    any
}

// tenant bounds a request and finds its user and workspace. The header stands in for the host's session: a real host takes
// the user from a cookie or token that it has checked, never from what anybody may write.
func (h *host) tenant(action func(*http.Request, crm.WorkspaceID) (reply, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := r.Header.Get("X-User")
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), userKey{}, name), patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		ws, err := h.workspaceOf(ctx, r.PathValue("shop"), name)
		var answer reply
		var doc []byte
		if err == nil {
			answer, err = action(r.WithContext(ctx), ws)
		}
		if err == nil {
			doc, err = json.Marshal(answer.body)
		}
		if err != nil {
			writeProblem(w, r, err)
			return
		}
		if answer.version > 0 {
			w.Header().Set("ETag", strconv.Quote(strconv.FormatInt(answer.version, 10)))
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(answer.status)
		_, _ = w.Write(append(doc, '\n')) // a client that is gone does not hear of it
	}
}

type userKey struct{}

// user is who acts, for the CRM's change log.
func user(ctx context.Context) string {
	name, _ := ctx.Value(userKey{}).(string)
	return name
}

// create books an influencer. What the client leaves out is filled in.
func (h *host) create(r *http.Request, ws crm.WorkspaceID) (reply, error) {
	doc, err := io.ReadAll(r.Body)
	if err != nil {
		return reply{}, err
	}
	c, err := wire.Parse[crm.Cooperation](doc)
	if err != nil {
		return reply{}, err
	}
	saved, err := h.crm.CreateCooperation(r.Context(), ws, c)
	return reply{http.StatusCreated, saved.Cooperation.Version, saved}, err
}

func (h *host) list(r *http.Request, ws crm.WorkspaceID) (reply, error) {
	q := r.URL.Query()
	campaign, badCampaign := parameter(q, "campaign", crm.ParseID[crm.Campaign], "the id of a campaign")
	size, badSize := parameter(q, "size", strconv.Atoi, "a whole number, like 50")
	if err := errors.Join(badCampaign, badSize); err != nil {
		return reply{}, err
	}
	filter := crm.CooperationFilter{
		Campaigns: []crm.CampaignID{campaign}, Statuses: []crm.Status{crm.Status(q.Get("status"))}, // not given: all
	}
	page, err := h.crm.Cooperations(r.Context(), ws, filter, crm.ListOptions{Size: size, Token: q.Get("page")})
	return reply{http.StatusOK, 0, page}, err
}

func (h *host) read(r *http.Request, ws crm.WorkspaceID) (reply, error) {
	id, err := crm.ParseID[crm.Cooperation](r.PathValue("id"))
	if err != nil {
		return reply{}, err
	}
	c, err := h.crm.Cooperation(r.Context(), ws, id)
	return reply{http.StatusOK, c.Version, c}, err
}

// change takes a merge patch for the version in If-Match, and the reason as a parameter.
func (h *host) change(r *http.Request, ws crm.WorkspaceID) (reply, error) {
	id, err := crm.ParseID[crm.Cooperation](r.PathValue("id"))
	if err != nil {
		return reply{}, err
	}
	match := r.Header.Get("If-Match")
	if match == "" {
		return reply{}, errUnconditional
	}
	version, _ := strconv.ParseInt(strings.Trim(match, `"`), 10, 64) // what is no number is no version that is stored
	patch, err := io.ReadAll(r.Body)
	if err != nil {
		return reply{}, err
	}
	saved, err := wire.PatchCooperation(r.Context(), h.crm, ws, id, version, patch, r.URL.Query().Get("reason"))
	return reply{http.StatusOK, saved.Cooperation.Version, saved}, err
}

// changes answers with what came after a seq. Who asks again after next misses nothing and sees nothing twice.
func (h *host) changes(r *http.Request, ws crm.WorkspaceID) (reply, error) {
	after, err := parameter(r.URL.Query(), "after", strconv.Atoi, "the seq of a change")
	if err != nil {
		return reply{}, err
	}
	changes, err := h.crm.Changes(r.Context(), ws, crm.Seq(after), crm.DefaultPageSize)
	next := crm.Seq(after)
	if n := len(changes); n > 0 {
		next = changes[n-1].Seq
	}
	return reply{http.StatusOK, 0, map[string]any{"changes": changes, "next": next}}, err
}

// parameter reads a value of a query; left out it is zero.
func parameter[T any](q url.Values, name string, parse func(string) (T, error), want string) (value T, err error) {
	text := q.Get(name)
	if text == "" {
		return value, nil
	}
	if value, err = parse(text); err != nil {
		err = &crm.Error{Family: crm.ErrInvalid, Field: name, Value: crm.Shorten(text), Problem: sentence.Of("must be %s", want)}
	}
	return value, err
}
