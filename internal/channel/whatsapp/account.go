package whatsapp

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"parley"
	"parley/internal/channel"
	"parley/internal/channel/meta"
)

// Fetch asks where a file is, which is true for five minutes, and gets it with the
// same token.
//
// Errors: *channel.SendError.
// Source: networks.md 2, media; A-057.
func (w *WhatsApp) Fetch(ctx context.Context, in parley.EntryPoint, a parley.Attachment) (channel.File, error) {
	var media struct {
		URL      string      `json:"url"`
		MimeType string      `json:"mime_type"`
		SHA256   string      `json:"sha256"`
		Size     json.Number `json:"file_size"`
	}
	if err := meta.New(w.client, in).Get(ctx, url.PathEscape(a.Ref), url.Values{"phone_number_id": {in.Setting("phone_number_id")}}, &media); err != nil {
		return channel.File{}, gone(verdict(err))
	}
	if !channel.FromNetwork(w.Spec(), in, media.URL) {
		return channel.File{}, &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, media.URL, nil)
	if err != nil {
		return channel.File{}, &channel.SendError{Code: channel.MediaFault, Detail: "not_allowed"}
	}
	req.Header.Set("Authorization", "Bearer "+in.Setting("access_token"))
	f, err := channel.Download(w.client, req)
	if err != nil {
		return channel.File{}, err
	}
	f.SHA256, f.Name = channel.SHA256(media.SHA256), a.Name
	if f.SHA256 == "" {
		f.SHA256 = a.SHA256
	}
	if mime, _, _ := strings.Cut(media.MimeType, ";"); mime != "" {
		f.Type = mime
	}
	if size, err := media.Size.Int64(); err == nil && f.Size < 0 {
		f.Size = size
	}
	return f, nil
}

// gone says of a file that Meta does not know any more what became of it.
func gone(err error) error {
	var e *channel.SendError
	if errors.As(err, &e) && (e.Code == channel.BadRequest || e.Code == channel.MediaFault) {
		return &channel.SendError{Code: channel.MediaFault, Detail: "expired"}
	}
	return err
}

// Check asks for the number's name, whether our app hears of it and how long the
// token lasts.
//
// Errors: *channel.SendError.
func (w *WhatsApp) Check(ctx context.Context, in parley.EntryPoint) (channel.Health, error) {
	graph := meta.New(w.client, in)
	var number struct {
		Name    string `json:"verified_name"`
		Number  string `json:"display_phone_number"`
		Quality string `json:"quality_rating"`
	}
	query := url.Values{"fields": {"verified_name,display_phone_number,quality_rating"}}
	if err := graph.Get(ctx, in.Setting("phone_number_id"), query, &number); err != nil {
		return channel.Health{}, verdict(err)
	}
	health := channel.Health{Account: join(" ", number.Name, number.Number)}
	if number.Quality != "" {
		health.Detail = "quality_rating " + number.Quality
	}
	var err error
	if health.TokenExpires, err = graph.Expires(ctx); err != nil {
		return health, verdict(err)
	}
	health.Subscribed, err = graph.Subscribed(ctx, in.Setting("business_account_id"))
	return health, verdict(err)
}

// hookFields are the fields we subscribe to.
const hookFields = "messages,smb_message_echoes,message_template_status_update,message_template_quality_update,template_category_update,phone_number_quality_update,phone_number_name_update,account_update,account_review_update,account_alerts,security"

// Register tells Meta our webhook's address and lets our app hear of the business account.
//
// Errors: *channel.SendError.
func (w *WhatsApp) Register(ctx context.Context, in parley.EntryPoint, webhook string) error {
	graph := meta.New(w.client, in)
	err := graph.Hook(ctx, meta.Hook{Object: "whatsapp_business_account", Address: webhook, Token: in.Setting("verify_token"), Fields: hookFields})
	if err == nil {
		err = graph.Post(ctx, in.Setting("business_account_id")+"/subscribed_apps", object{}, &struct{}{})
	}
	return verdict(err)
}
