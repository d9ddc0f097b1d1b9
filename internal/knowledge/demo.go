package knowledge

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"parley"
)

// The demo center's answers, canned replies and public page.
//
//go:embed demo.json
var demoFile []byte

// demo is what demo.json holds.
type demo struct {
	Categories []struct {
		CategoryInput
		FAQs []FAQInput `json:"faqs"`
	}
	Canned []struct {
		CannedInput
		Codes []string `json:"codes"` // by their short names
	}
	Page parley.SupportPage
}

// SeedDemo gives the demo center what it can say, in the name of its
// administrator. What is there already is left as it is.
func (k *Knowledge) SeedDemo(ctx context.Context) error {
	var d demo
	if err := json.Unmarshal(demoFile, &d); err != nil {
		return fmt.Errorf("read demo.json: %w", err)
	}
	v := k.Store.View()
	agents, err := v.Agents(ctx)
	if err != nil {
		return err
	}
	var me parley.Actor
	for _, a := range agents {
		if a.Role == parley.RoleAdmin {
			me = parley.Actor{Agent: a.ID, Group: a.Group, Role: a.Role}
		}
	}
	for _, part := range []func(context.Context, parley.Actor, demo) error{k.seedFAQs, k.seedCanned, k.seedPage} {
		if err := part(ctx, me, d); err != nil {
			return fmt.Errorf("add what the demo can say: %w", err)
		}
	}
	return nil
}

func (k *Knowledge) seedFAQs(ctx context.Context, me parley.Actor, d demo) error {
	had, err := k.Store.View().FAQCategories(ctx)
	if err != nil {
		return err
	}
	for _, c := range d.Categories {
		if slices.ContainsFunc(had, func(h parley.FAQCategory) bool { return h.Name == c.Name }) {
			continue
		}
		category, err := k.CreateCategory(ctx, me, c.CategoryInput)
		if err != nil {
			return err
		}
		for _, in := range c.FAQs {
			in.Category, in.Active = category, true
			id, err := k.CreateFAQ(ctx, me, in)
			if err != nil {
				return err
			}
			if err := k.PublishFAQ(ctx, me, id, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *Knowledge) seedCanned(ctx context.Context, me parley.Actor, d demo) error {
	v := k.Store.View()
	had, err := v.AllCanned(ctx)
	if err != nil {
		return err
	}
	lists, err := v.DispositionLists(ctx)
	if err != nil {
		return err
	}
	for _, c := range d.Canned {
		if slices.ContainsFunc(had, func(h parley.Canned) bool { return h.Shortcut == c.Shortcut }) {
			continue
		}
		for _, l := range lists {
			for _, code := range l.Dispositions {
				if slices.Contains(c.Codes, code.Short) {
					c.Dispositions = append(c.Dispositions, code.ID)
				}
			}
		}
		if _, err := k.CreateCanned(ctx, me, c.CannedInput); err != nil {
			return err
		}
	}
	return nil
}

func (k *Knowledge) seedPage(ctx context.Context, me parley.Actor, d demo) error {
	had, err := k.Store.View().SupportPage(ctx)
	if err != nil || had.Rev > 0 {
		return err
	}
	return k.SaveSupportPage(ctx, me, d.Page)
}
