package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"parley"
	"parley/internal/knowledge"
	"parley/internal/rich"
	"parley/internal/support"
)

// knowledgeOperations are what the center can say: FAQs, canned replies, and the
// public page that shows some of it.
func (s *Server) knowledgeOperations() {
	a, admin, serve := s.api, parley.MayAdminister, parley.MayServe
	get(a, "/api/admin/faq-categories", "list-faq-categories", admin, listCategories)
	add(a, "/api/admin/faq-categories", "create-faq-category", admin, createCategory)
	get(a, "/api/admin/faq-categories/{id}", "get-faq-category", admin, getCategory)
	put(a, "/api/admin/faq-categories/{id}", "save-faq-category", admin, saveCategory)
	del(a, "/api/admin/faq-categories/{id}", "remove-faq-category", admin, removeCategory)
	get(a, "/api/admin/faqs", "list-faqs", admin, listFAQs)
	add(a, "/api/admin/faqs", "create-faq", admin, createFAQ)
	get(a, "/api/admin/faqs/{id}", "get-faq", admin, getFAQ)
	put(a, "/api/admin/faqs/{id}", "save-faq", admin, saveFAQ)
	del(a, "/api/admin/faqs/{id}", "remove-faq", admin, removeFAQ)
	put(a, "/api/admin/faqs/{id}/publication", "publish-faq", admin, publishFAQ)
	del(a, "/api/admin/faqs/{id}/publication", "withdraw-faq", admin, withdrawFAQ)
	get(a, "/api/admin/faqs/{id}/versions", "list-faq-versions", admin, listFAQVersions)
	post(a, "/api/admin/faq-previews", "preview-faq", admin, previewFAQ)
	takeFile(a, "/api/admin/faq-images", "add-faq-image", admin, s.addImage)
	get(a, "/api/admin/support-page", "get-support-page", admin, getSupportPage)
	put(a, "/api/admin/support-page", "save-support-page", admin, saveSupportPage)
	get(a, "/api/admin/canned-replies", "list-shared-canned-replies", admin, listShared)
	add(a, "/api/admin/canned-replies", "create-shared-canned-reply", admin, createCanned)
	get(a, "/api/admin/canned-replies/{id}", "get-shared-canned-reply", admin, getCanned)
	put(a, "/api/admin/canned-replies/{id}", "save-shared-canned-reply", admin, saveCanned)
	del(a, "/api/admin/canned-replies/{id}", "remove-shared-canned-reply", admin, removeCanned)
	get(a, "/api/faqs", "search-faqs", serve, searchFAQs)
	get(a, "/api/faq-categories", "list-categories-of-faqs", serve, listCategories)
	post(a, "/api/faqs/{id}/uses", "use-faq", serve, useFAQ)
	get(a, "/api/canned-replies", "list-canned-replies", serve, listCanned)
	add(a, "/api/canned-replies", "create-canned-reply", serve, createCanned)
	get(a, "/api/canned-replies/{id}", "get-canned-reply", serve, getCanned)
	put(a, "/api/canned-replies/{id}", "save-canned-reply", serve, saveCanned)
	del(a, "/api/canned-replies/{id}", "remove-canned-reply", serve, removeCanned)
	post(a, "/api/canned-replies/{id}/uses", "use-canned-reply", serve, useCanned)
}

func listCategories(ctx context.Context, in *wholeListInput) (*out[list[knowledge.Category]], error) {
	return listed(in.Me.at.Knowledge.Categories(ctx, in.Me.Actor))
}

func createCategory(ctx context.Context, in *newThingInput[knowledge.CategoryInput]) (*out[created[string]], error) {
	return made(in.Me.at.Knowledge.CreateCategory(ctx, in.Me.Actor, in.Body))
}

func getCategory(ctx context.Context, in *thingInput[string]) (*out[knowledge.Category], error) {
	return reply(in.Me.at.Knowledge.Category(ctx, in.Me.Actor, in.ID))
}

func saveCategory(ctx context.Context, in *savedThingInput[string, knowledge.CategoryInput]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.SaveCategory(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeCategory(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.RemoveCategory(ctx, in.Me.Actor, in.ID))
}

func listFAQs(ctx context.Context, in *wholeListInput) (*out[list[knowledge.FAQ]], error) {
	return listed(in.Me.at.Knowledge.FAQs(ctx, in.Me.Actor))
}

func createFAQ(ctx context.Context, in *newThingInput[knowledge.FAQInput]) (*out[created[parley.FAQID]], error) {
	return made(in.Me.at.Knowledge.CreateFAQ(ctx, in.Me.Actor, in.Body))
}

func getFAQ(ctx context.Context, in *thingInput[parley.FAQID]) (*out[knowledge.FAQ], error) {
	return reply(in.Me.at.Knowledge.FAQ(ctx, in.Me.Actor, in.ID))
}

func saveFAQ(ctx context.Context, in *savedThingInput[parley.FAQID, knowledge.FAQInput]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.SaveFAQ(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeFAQ(ctx context.Context, in *thingInput[parley.FAQID]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.RemoveFAQ(ctx, in.Me.Actor, in.ID))
}

type publishInput struct {
	Me   Me
	ID   parley.FAQID `path:"id" maxLength:"64"`
	Body struct {
		Rev int64 `json:"rev"`
	}
}

func publishFAQ(ctx context.Context, in *publishInput) (*struct{}, error) {
	return done(in.Me.at.Knowledge.PublishFAQ(ctx, in.Me.Actor, in.ID, in.Body.Rev))
}

func withdrawFAQ(ctx context.Context, in *thingInput[parley.FAQID]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.WithdrawFAQ(ctx, in.Me.Actor, in.ID))
}

func listFAQVersions(ctx context.Context, in *thingInput[parley.FAQID]) (*out[list[knowledge.Version]], error) {
	return listed(in.Me.at.Knowledge.Versions(ctx, in.Me.Actor, in.ID))
}

type previewInput struct {
	Me   Me
	Body struct {
		Rich string `json:"rich" maxLength:"20000"`
	}
}

// preview is how an answer will look.
type preview struct {
	Blocks []rich.Block `json:"blocks"`
	Plain  string       `json:"plain"`
}

func previewFAQ(_ context.Context, in *previewInput) (*out[preview], error) {
	return reply(preview{Blocks: rich.Parse(in.Body.Rich), Plain: rich.Plain(in.Body.Rich)}, nil)
}

type imageInput struct {
	Me   Me
	Form Form
}

// addImage takes a picture for an answer.
func (s *Server) addImage(ctx context.Context, in *imageInput) (*out[knowledge.Image], error) {
	body, err := in.Form.part()
	if err != nil {
		return nil, problem(err)
	}
	return reply(in.Me.at.Knowledge.AddImage(ctx, in.Me.Actor, body))
}

// part finds the file in a form. Errors: parley.ErrBadRequest, ErrInvalid.
func (f *Form) part() (io.Reader, error) {
	kind, params, err := mime.ParseMediaType(f.kind)
	if err != nil || kind != "multipart/form-data" {
		return nil, parley.ErrBadRequest
	}
	part, err := multipart.NewReader(f.r.Body, params["boundary"]).NextPart()
	switch {
	case errors.Is(err, io.EOF) || err == nil && part.FormName() != "file":
		return nil, parley.ErrInvalid(parley.FieldError{Field: "file", Code: "required"})
	case err != nil:
		return nil, broken(err)
	}
	return part, nil
}

func getSupportPage(ctx context.Context, in *mine) (*out[parley.SupportPage], error) {
	return reply(in.Me.at.Knowledge.SupportPage(ctx, in.Me.Actor))
}

func saveSupportPage(ctx context.Context, in *newThingInput[parley.SupportPage]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.SaveSupportPage(ctx, in.Me.Actor, in.Body))
}

type answersInput struct {
	Me       Me
	Text     string `query:"q" maxLength:"200"`
	Language string `query:"language" maxLength:"40"`
	Category string `query:"category" maxLength:"64"`
}

func searchFAQs(ctx context.Context, in *answersInput) (*out[list[knowledge.Answer]], error) {
	return listed(in.Me.at.Knowledge.Find(ctx, in.Me.Actor, knowledge.Query{Text: in.Text, Language: in.Language, Category: in.Category}))
}

func useFAQ(ctx context.Context, in *thingInput[parley.FAQID]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.UseFAQ(ctx, in.Me.Actor, in.ID))
}

func listCanned(ctx context.Context, in *wholeListInput) (*out[list[knowledge.Canned]], error) {
	return listed(in.Me.at.Knowledge.Usable(ctx, in.Me.Actor))
}

func listShared(ctx context.Context, in *wholeListInput) (*out[list[knowledge.Canned]], error) {
	return listed(in.Me.at.Knowledge.Shared(ctx, in.Me.Actor))
}

func createCanned(ctx context.Context, in *newThingInput[knowledge.CannedInput]) (*out[created[string]], error) {
	return made(in.Me.at.Knowledge.CreateCanned(ctx, in.Me.Actor, in.Body))
}

func getCanned(ctx context.Context, in *thingInput[string]) (*out[knowledge.Canned], error) {
	return reply(in.Me.at.Knowledge.Canned(ctx, in.Me.Actor, in.ID))
}

func saveCanned(ctx context.Context, in *savedThingInput[string, knowledge.CannedInput]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.SaveCanned(ctx, in.Me.Actor, in.ID, in.Body))
}

func removeCanned(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.RemoveCanned(ctx, in.Me.Actor, in.ID))
}

func useCanned(ctx context.Context, in *thingInput[string]) (*struct{}, error) {
	return done(in.Me.at.Knowledge.UseCanned(ctx, in.Me.Actor, in.ID))
}

// supportPages adds the Support Center.
func (s *Server) supportPages(mux *http.ServeMux) {
	support.New(support.Doors{
		Knowledge: s.at.Knowledge, Leave: s.at.Center.Leave, Door: s.at.Center.Door, Origin: s.origin, Refuse: s.refuse,
		Guard: func(r *http.Request, contact bool) error {
			ip := requestOf(r.Context()).peer.ip.String()
			if contact {
				return s.guards.contacts.take(ip)
			}
			return s.guards.anonymous.take(ip)
		},
		Administers: func(r *http.Request) bool {
			me, _, err := s.identify(r.Context(), "", r.Header.Get("Cookie"))
			return err == nil && me.Has(parley.MayAdminister)
		},
	}).Pages(mux)
}

// origin is where the page's addresses begin.
func (s *Server) origin(r *http.Request) string {
	if s.public != "" {
		return s.public
	}
	if requestOf(r.Context()).peer.secure {
		return "https://" + hostOnly(r.Host)
	}
	return "http://" + hostOnly(r.Host)
}
