package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // makes the tables of PocketBase itself
	"github.com/pocketbase/pocketbase/tools/types"

	"github.com/getklar/influencercrm/budget"
)

// servePocketBase serves the same records as collections of PocketBase, with its admin page. It is core.NewBaseApp and not
// pocketbase.New, which would read this program's flags as its own.
func servePocketBase(dir string, r records) (s *site, err error) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: filepath.Join(dir, "pocketbase")})
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, app.ResetBootstrapState())
		}
	}()
	if err := app.RunAllMigrations(); err != nil {
		return nil, err
	}
	if err := makeCollections(app); err != nil {
		return nil, err
	}
	if err := app.RunInTransaction(func(tx core.App) error { return insertRecords(tx.DB(), r) }); err != nil {
		return nil, err
	}
	if _, err := app.DB().NewQuery("ANALYZE").Execute(); err != nil {
		return nil, err
	}
	store, err := signedIn(app)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	serving, ended := make(chan *core.ServeEvent, 1), make(chan error, 1)
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.Listener, e.InstallerFunc = listener, nil
		serving <- e
		return e.Next()
	})
	go func() { ended <- apis.Serve(app, apis.ServeConfig{HttpAddr: listener.Addr().String()}) }()
	select {
	case err := <-ended:
		return nil, errors.Join(err, listener.Close())
	case e := <-serving:
		return &site{
			base: "http://" + listener.Addr().String(), light: "/api/health", store: store,
			pages: []page{{
				name: "PocketBase's list", path: "/_/#/collections?collection=cooperations",
				ready: "document.querySelector('tbody td.col-field-name')",
				acts: []act{
					// The plain field is replaced by an editor of code, once that is loaded.
					typing("type into the search", ".searchbar .cm-content", "s"),
					clicking("choose all of the page", kindChoose, "label[for=checkbox_0]"),
					clicking("open a record", kindOpen, "tbody td.col-field-name"),
				},
			}},
			close: func() error { return errors.Join(e.Server.Close(), <-ended, app.ResetBootstrapState()) },
		}, nil
	}
}

// makeCollections makes those that somebody would who keeps the same things in PocketBase.
func makeCollections(app core.App) error {
	campaigns := core.NewBaseCollection("campaigns")
	campaigns.Fields.Add(&core.TextField{Name: "name", Required: true})
	influencers := core.NewBaseCollection("influencers")
	influencers.Fields.Add(&core.TextField{Name: "name", Required: true}, &core.TextField{Name: "category"})
	for _, c := range []*core.Collection{campaigns, influencers} {
		if err := app.Save(c); err != nil {
			return err
		}
	}
	c := core.NewBaseCollection("cooperations")
	c.ListRule = types.Pointer("")
	c.Fields.Add(
		&core.TextField{Name: "name", Presentable: true},
		&core.RelationField{Name: "campaign", CollectionId: campaigns.Id, MaxSelect: 1, Required: true},
		&core.RelationField{Name: "influencer", CollectionId: influencers.Id, MaxSelect: 1, Required: true},
		&core.SelectField{Name: "status", Values: []string{"draft", "negotiating", "signed"}, MaxSelect: 1, Required: true},
		&core.DateField{Name: "start"}, &core.DateField{Name: "end"},
		&core.NumberField{Name: "cost"}, &core.TextField{Name: "currency"},
		&core.TextField{Name: "utm_source"}, &core.TextField{Name: "utm_medium"}, &core.TextField{Name: "utm_campaign"},
		&core.TextField{Name: "utm_term"}, &core.TextField{Name: "utm_content"},
		&core.TextField{Name: "discount_code"}, &core.TextField{Name: "notes"},
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
	c.AddIndex("idx_cooperations_campaign", false, "campaign, status, id", "")
	c.AddIndex("idx_cooperations_influencer", false, "influencer", "")
	return app.Save(c)
}

// insertRecords inserts by SQL, without the checks and hooks of PocketBase, which nothing here measures.
func insertRecords(db dbx.Builder, r records) error {
	ids := map[any]string{}
	insert := func(table string, ref any, values dbx.Params) error {
		id := fmt.Sprintf("%c%014d", table[0], len(ids)+1) // ids of PocketBase have 15 characters
		ids[ref], values["id"] = id, id
		_, err := db.Insert(table, values).Execute()
		return err
	}
	for _, c := range r.campaigns {
		if err := insert("campaigns", c.ID, dbx.Params{"name": c.Name}); err != nil {
			return err
		}
	}
	for _, i := range r.influencers {
		if err := insert("influencers", i.ID, dbx.Params{"name": i.Name, "category": i.Category}); err != nil {
			return err
		}
	}
	day := func(d budget.Date) string { return d.String() + " 00:00:00.000Z" }
	now := types.NowDateTime().String()
	for _, c := range r.cooperations {
		values := dbx.Params{
			"name": c.Name, "campaign": ids[c.Campaign], "influencer": ids[c.Influencer], "status": string(c.Status),
			"start": day(c.Period.Start), "end": day(c.Period.End), "cost": c.Cost.Minor(), "currency": string(c.Cost.Currency()),
			"utm_source": c.UTM.Source.String(), "utm_medium": c.UTM.Medium.String(), "utm_campaign": c.UTM.Campaign.String(),
			"utm_term": c.UTM.Term.String(), "utm_content": c.UTM.Content.String(),
			"notes": c.Notes, "created": now, "updated": now,
		}
		if len(c.Rules) > 0 {
			values["discount_code"] = c.Rules[0].Pattern
		}
		if err := insert("cooperations", c.ID, values); err != nil {
			return err
		}
	}
	return nil
}

// signedIn is a script that signs a new superuser in, as the page does after it was given a password.
func signedIn(app core.App) (string, error) {
	superusers, err := app.FindCollectionByNameOrId(core.CollectionNameSuperusers)
	if err != nil {
		return "", err
	}
	user := core.NewRecord(superusers)
	user.SetEmail("admin@example.com")
	user.SetRandomPassword()
	if err := app.Save(user); err != nil {
		return "", err
	}
	token, err := user.NewAuthToken()
	if err != nil {
		return "", err
	}
	session, err := json.Marshal(map[string]any{"token": token, "record": user})
	if err != nil {
		return "", err
	}
	return `localStorage.setItem("__pb_superuser_auth__", JSON.stringify(` + string(session) + `))`, nil
}
