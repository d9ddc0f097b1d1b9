package messenger

import (
	"context"

	"parley"
	"parley/internal/channel"
)

// split hands each entry point to its network.
type split struct{ facebook, instagram *Messenger }

func (s *split) of(in parley.EntryPoint) *Messenger {
	if in.Channel == parley.Instagram {
		return s.instagram
	}
	return s.facebook
}

func (s *split) Spec() channel.Spec { return s.facebook.Spec() }

func (s *split) Receive(in parley.EntryPoint, r channel.Request) (channel.Received, error) {
	return s.of(in).Receive(in, r)
}

func (s *split) Send(ctx context.Context, in parley.EntryPoint, m parley.Outbound) (string, error) {
	return s.of(in).Send(ctx, in, m)
}

func (s *split) Mark(ctx context.Context, in parley.EntryPoint, to parley.Keys, newest string, what channel.Mark) error {
	return s.of(in).Mark(ctx, in, to, newest, what)
}

func (s *split) React(ctx context.Context, in parley.EntryPoint, r channel.Reaction) error {
	return s.of(in).React(ctx, in, r)
}

func (s *split) Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	return s.of(in).Fetch(ctx, in, a)
}

func (s *split) Profile(ctx context.Context, in parley.EntryPoint, who parley.Keys) (channel.Profile, error) {
	return s.of(in).Profile(ctx, in, who)
}

func (s *split) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	return s.of(in).Check(ctx, in)
}

func (s *split) Register(ctx context.Context, in parley.EntryPoint, webhook string) error {
	return s.of(in).Register(ctx, in, webhook)
}
