package api

import (
	"context"

	"parley"
	"parley/internal/office"
)

// channelOperations are what there is to know and do about networks.
func (s *Server) channelOperations() {
	a, admin := s.api, parley.MayAdminister
	const one = "/api/admin/entry-points/{id}/"
	post(a, "/api/conversations", "start-conversation", parley.MayServe, startConversation)
	get(a, "/api/admin/providers", "list-providers", admin, s.listProviders)
	get(a, "/api/admin/entry-point-health", "list-entry-point-health", admin, listPulses)
	get(a, one+"health", "get-entry-point-health", admin, s.getPulse)
	get(a, one+"odd-events", "list-odd-events", admin, listOdd)
	put(a, one+"pause", "pause-entry-point", admin, pauseEntryPoint)
	post(a, one+"check", "check-entry-point", admin, checkEntryPoint)
	post(a, one+"webhook", "register-webhook", admin, s.registerWebhook)
	post(a, one+"test", "send-test", admin, s.sendTest)
	get(a, "/api/admin/sms-countries", "list-sms-countries", admin, listCountries)
	put(a, "/api/admin/sms-countries", "save-sms-countries", admin, saveCountries)
	get(a, "/api/admin/sms-spend", "list-sms-spend", admin, listSpend)
	get(a, "/api/admin/sms-spend/csv", "get-sms-spend-csv", admin, spendTable)
}

type startInput struct {
	Me   Me
	Body struct {
		EntryPoint parley.EntryPointID `json:"entry_point_id" maxLength:"64"`
		To         parley.Address      `json:"to" maxLength:"512" doc:"whom to write to"`
	}
}

// startConversation is always refused: customers write first (SMS-03).
func startConversation(ctx context.Context, in *startInput) (*struct{}, error) {
	return done(in.Me.at.Office.Begin(ctx, in.Me.Actor, in.Body.EntryPoint))
}

func (s *Server) listProviders(ctx context.Context, in *mine) (*out[list[office.Provider]], error) {
	simulator := ""
	if s.stage != nil {
		simulator = s.public
	}
	return listed(in.Me.at.Office.Providers(ctx, in.Me.Actor, simulator))
}

func listPulses(ctx context.Context, in *mine) (*out[list[office.Pulse]], error) {
	return listed(in.Me.at.Office.Pulses(ctx, in.Me.Actor))
}

// entryPointHealth is how an entry point's network is doing, with what the one
// who sets it up needs.
type entryPointHealth struct {
	office.Pulse
	Webhook string          `json:"webhook" doc:"the address to give to the network"`
	Writers []office.Writer `json:"writers" doc:"who began to write of late"`
}

func (s *Server) getPulse(ctx context.Context, in *thingInput[parley.EntryPointID]) (*out[entryPointHealth], error) {
	o := in.Me.at.Office
	pulse, err := o.Pulse(ctx, in.Me.Actor, in.ID)
	if err != nil {
		return nil, problem(err)
	}
	webhook, err := s.webhook(ctx, in.ID)
	if err != nil {
		return nil, problem(err)
	}
	writers, err := o.Writers(ctx, in.Me.Actor, in.ID)
	return reply(entryPointHealth{pulse, webhook, writers}, err)
}

// webhook is the address at which an entry point's network finds us.
func (s *Server) webhook(ctx context.Context, id parley.EntryPointID) (string, error) {
	e, err := s.at.Center.EntryPoint(ctx, id)
	return s.public + "/in/" + e.Provider + "/" + string(id), err
}

func listOdd(ctx context.Context, in *thingInput[parley.EntryPointID]) (*out[list[office.OddEvent]], error) {
	return listed(in.Me.at.Office.OddEvents(ctx, in.Me.Actor, in.ID))
}

type pauseInput struct {
	Me   Me
	ID   parley.EntryPointID `path:"id" maxLength:"64"`
	Body struct {
		Paused bool `json:"paused"`
	}
}

func pauseEntryPoint(ctx context.Context, in *pauseInput) (*struct{}, error) {
	return done(in.Me.at.Center.Pause(ctx, in.Me.Actor, in.ID, in.Body.Paused))
}

func checkEntryPoint(ctx context.Context, in *thingInput[parley.EntryPointID]) (*out[office.Answer], error) {
	return reply(in.Me.at.Office.Check(ctx, in.Me.Actor, in.ID))
}

func (s *Server) registerWebhook(ctx context.Context, in *thingInput[parley.EntryPointID]) (*out[office.Answer], error) {
	webhook, err := s.webhook(ctx, in.ID)
	if err != nil {
		return nil, problem(err)
	}
	return reply(in.Me.at.Office.Register(ctx, in.Me.Actor, in.ID, webhook))
}

type sendTestInput struct {
	Me   Me
	ID   parley.EntryPointID `path:"id" maxLength:"64"`
	Body struct {
		To parley.Address `json:"to" maxLength:"512"`
	}
}

func (s *Server) sendTest(ctx context.Context, in *sendTestInput) (*out[office.Answer], error) {
	webhook, err := s.webhook(ctx, in.ID)
	if err != nil {
		return nil, problem(err)
	}
	return reply(in.Me.at.Office.SendTest(ctx, in.Me.Actor, in.ID, in.Body.To, webhook))
}

func listCountries(ctx context.Context, in *mine) (*out[countriesView], error) {
	list, err := in.Me.at.Office.Countries(ctx, in.Me.Actor)
	return reply(countriesView{list.Countries, list.Rev, list.Currency}, err)
}

type countriesView struct {
	Items    []office.Country `json:"items"`
	Rev      int64            `json:"rev"`
	Currency string           `json:"currency" doc:"of the prices, ISO 4217: the setting sms.currency"`
}

type countriesInput struct {
	Me   Me
	Body office.Countries
}

func saveCountries(ctx context.Context, in *countriesInput) (*struct{}, error) {
	return done(in.Me.at.Office.SaveCountries(ctx, in.Me.Actor, in.Body))
}

type spendInput struct {
	Me   Me
	Year int `query:"year" doc:"of the center's time; this one if it is left out"`
}

func listSpend(ctx context.Context, in *spendInput) (*out[list[office.Spend]], error) {
	return listed(in.Me.at.Office.Spending(ctx, in.Me.Actor, in.Year))
}

// table is an answer for other programs.
type table struct {
	ContentType string `header:"Content-Type"`
	Name        string `header:"Content-Disposition"`
	Body        []byte
}

func spendTable(ctx context.Context, in *spendInput) (*table, error) {
	body, err := in.Me.at.Office.SpendingCSV(ctx, in.Me.Actor, in.Year)
	if err != nil {
		return nil, problem(err)
	}
	return &table{"text/csv; charset=utf-8", `attachment; filename="sms-spend.csv"`, body}, nil
}
