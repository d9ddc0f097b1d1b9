package api

import (
	"context"

	"parley"
	"parley/internal/office"
)

// noun is one kind of thing administrators keep: they list, make, open, save and
// remove it, always the same way.
type noun[ID ~string, In, View any] struct {
	path   string // queues
	one    string // queue
	id     func(View) ID
	list   func(*office.Office, context.Context, parley.Actor) ([]View, error)
	create func(*office.Office, context.Context, parley.Actor, In) (ID, error)
	save   func(*office.Office, context.Context, parley.Actor, ID, In) error
	remove func(*office.Office, context.Context, parley.Actor, ID) error
}

type wholeListInput struct {
	Me Me
	Stretch
}

type thingInput[ID ~string] struct {
	Me Me
	ID ID `path:"id" maxLength:"64"`
}

type newThingInput[In any] struct {
	Me   Me
	Body In
}

type savedThingInput[ID ~string, In any] struct {
	Me   Me
	ID   ID `path:"id" maxLength:"64"`
	Body In
}

// keep registers a noun's five operations. The configuration of a center is
// small: a list is one page.
func keep[ID ~string, In, View any](s *Server, n noun[ID, In, View]) {
	a, admin := s.api, parley.MayAdminister
	path := "/api/admin/" + n.path
	get(a, path, "list-"+n.path, admin, func(ctx context.Context, in *wholeListInput) (*out[list[View]], error) {
		return listed(n.list(in.Me.at.Office, ctx, in.Me.Actor))
	})
	if n.create != nil {
		add(a, path, "create-"+n.one, admin, func(ctx context.Context, in *newThingInput[In]) (*out[created[ID]], error) {
			return made(n.create(in.Me.at.Office, ctx, in.Me.Actor, in.Body))
		})
	}
	get(a, path+"/{id}", "get-"+n.one, admin, func(ctx context.Context, in *thingInput[ID]) (*out[View], error) {
		return reply(n.find(ctx, in.Me, in.ID))
	})
	put(a, path+"/{id}", "save-"+n.one, admin, func(ctx context.Context, in *savedThingInput[ID, In]) (*struct{}, error) {
		return done(n.save(in.Me.at.Office, ctx, in.Me.Actor, in.ID, in.Body))
	})
	del(a, path+"/{id}", "remove-"+n.one, admin, func(ctx context.Context, in *thingInput[ID]) (*struct{}, error) {
		return done(n.remove(in.Me.at.Office, ctx, in.Me.Actor, in.ID))
	})
}

// find returns one of the list. Errors: parley.ErrNotFound.
func (n noun[ID, In, View]) find(ctx context.Context, me Me, id ID) (View, error) {
	var none View
	all, err := n.list(me.at.Office, ctx, me.Actor)
	if err != nil {
		return none, err
	}
	for _, v := range all {
		if n.id(v) == id {
			return v, nil
		}
	}
	return none, parley.ErrNotFound
}
