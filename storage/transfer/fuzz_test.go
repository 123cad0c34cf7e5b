package transfer_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/getklar/influencercrm/budget"
	"github.com/getklar/influencercrm/crm"
	"github.com/getklar/influencercrm/storage/memory"
	"github.com/getklar/influencercrm/storage/transfer"
)

// FuzzImport: no file makes Import panic or leaves a part of a workspace behind. What Import takes is exported as a file
// that has the same again. The digest is made right, because a fuzzer cannot guess it.
func FuzzImport(f *testing.F) {
	source := inMemory(f)
	little(f, source)
	file := string(exported(f, source))
	lines := strings.SplitAfter(file, "\n")
	f.Add(file, true)
	f.Add(strings.Join(lines[:5], "")+lines[len(lines)-2], true)
	f.Add(strings.Join(lines[:5], ""), false)
	for _, old := range []string{`"seq":2`, `"member"`, `"plan"`, `"version":1`, `"unit":"`, `"amount":"0.00"`, `"data":"`, `:null`} {
		f.Add(strings.Replace(file, old, `"x":1`, 1), true)
	}
	f.Fuzz(func(t *testing.T, file string, digest bool) {
		if digest {
			file = rightDigest(file)
		}
		store := memory.New(nil)
		result, err := transfer.Import(t.Context(), store, strings.NewReader(file), nil)
		if err != nil {
			if !errors.Is(err, crm.ErrInvalid) && !errors.Is(err, crm.ErrAlreadyExists) {
				t.Fatalf("error %v of a family that no file has", err)
			}
			page, listed := store.Workspaces(t.Context(), crm.ListOptions{})
			if listed != nil {
				t.Fatal(listed)
			}
			for _, w := range page.Items {
				if !transfer.Unfinished(w) {
					t.Errorf("a part is left as %+v, after error %v", w, err)
				}
			}
			return
		}
		var again bytes.Buffer
		summary, err := transfer.Export(t.Context(), store, result.Workspace, &again, nil)
		if err != nil {
			t.Fatalf("what was imported is not exported: %v", err)
		}
		other := memory.New(nil)
		if second, err := transfer.Import(t.Context(), other, &again, nil); err != nil || !reflect.DeepEqual(second.Summary, summary) {
			t.Errorf("the second import has %+v and error %v, the first %+v", second, err, summary)
		}
	})
}

// little makes a workspace with one of each kind: a fuzzer gets further with a small file.
func little(f *testing.F, store transfer.Store) {
	f.Helper()
	w := crm.Workspace{ID: shopID, Version: 2, Name: "Shop", Currency: "EUR", TimeZone: "UTC"}
	if err := store.CreateWorkspace(f.Context(), w, nil); err != nil {
		f.Fatal(err)
	}
	member, campaign, influencer := crm.MemberID{1}, crm.CampaignID{1}, crm.InfluencerID{1}
	err := store.Update(f.Context(), shopID, func(ctx context.Context, tx crm.Tx) error {
		return errors.Join(
			tx.Insert(ctx,
				crm.Member{ID: member, Version: 1, Name: "Mira"},
				crm.Campaign{ID: campaign, Version: 1, Name: "Summer", Budget: budget.FromMinor(1, "EUR")},
				crm.Influencer{ID: influencer, Version: 1, Name: "Pam", Profiles: []crm.Profile{{ID: crm.ProfileID{1}, Platform: "tiktok"}}},
				crm.Cooperation{ID: crm.CooperationID{1}, Version: 1, Campaign: campaign, Influencer: influencer, Responsible: member},
				crm.ImportRun{ID: crm.ImportRunID{1}, Version: 1, Plan: json.RawMessage(`{ }`)},
			),
			tx.AddPicture(ctx, crm.Picture{ID: crm.PictureID{1}, Data: []byte{1, 2}}),
			tx.Append(ctx, []crm.Change{{At: time.Unix(1, 0), Record: crm.RefTo(member), Kind: crm.Created,
				Fields: []crm.FieldChange{{Field: "name", Before: json.RawMessage(" 1"), After: json.RawMessage(`"Mira"`)}}}}),
		)
	})
	if err != nil {
		f.Fatal(err)
	}
}

// rightDigest gives a file the digest of its lines, if it has a last line with one.
func rightDigest(file string) string {
	start := strings.Index(file, "\n") + 1
	end := strings.LastIndex(file, `{"end":`)
	at := strings.LastIndex(file, `"sha256":"`) + len(`"sha256":"`)
	if start > end || at < end || at+64 > len(file) {
		return file
	}
	return file[:at] + fmt.Sprintf("%x", sha256.Sum256([]byte(file[start:end]))) + file[at+64:]
}
