package whatsapp

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/simulator"
)

// takes says which files a kind of message takes, and how large.
// Source: .../whatsapp/business-phone-numbers/media#supported-media-types
var takes = map[string]struct {
	types []string
	most  int
}{
	"image":    {[]string{"image/jpeg", "image/png"}, 5 << 20},
	"video":    {[]string{"video/mp4", "video/3gpp"}, 16 << 20},
	"audio":    {[]string{"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}, 16 << 20},
	"sticker":  {[]string{"image/webp"}, 500 << 10},
	"document": {nil, 100 << 20},
}

// uploads are the types that may be uploaded at all, as its refusal lists them.
// Source: https://github.com/fbsamples/whatsapp-api-examples/issues/10
var uploads = []string{
	"audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus",
	"application/vnd.ms-powerpoint", "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/pdf", "text/plain", "application/vnd.ms-excel", "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp",
}

// upload is POST /{phone_number_id}/media.
func (n *network) upload(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(simulator.CallBytesMax); err != nil || r.FormValue("messaging_product") != "whatsapp" {
		invalid("The parameter messaging_product is required.").Answer(n.line, w)
		return
	}
	part, header, err := r.FormFile("file")
	if err != nil {
		invalid("The parameter file is required.").Answer(n.line, w)
		return
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	if err != nil {
		graphError(131053).Answer(n.line, w)
		return
	}
	kind := or(header.Header.Get("Content-Type"), r.FormValue("type"))
	if plain, _, _ := strings.Cut(kind, ";"); !slices.Contains(uploads, plain) {
		invalid("Param file must be a file with one of the following types: "+strings.Join(uploads, ", ")+". Received file of type '"+kind+"'.").Answer(n.line, w)
		return
	}
	id := fmt.Sprint(1_037_543_291_543_636 + n.line.Serial())
	n.line.Keep(simulator.Media{ID: id, MIME: kind, Filename: header.Filename, Data: data})
	simulator.WriteJSON(w, http.StatusOK, map[string]string{"id": id})
}

func fits(kind, mime string) bool {
	mime, _, _ = strings.Cut(mime, ";")
	return takes[kind].types == nil || slices.Contains(takes[kind].types, mime)
}

// attached finds the file a message names.
func (n *network) attached(kind string, f file) (*simulator.Media, *simulator.GraphError) {
	refuse := func(e simulator.GraphError) (*simulator.Media, *simulator.GraphError) { return nil, &e }
	if len([]rune(f.Caption)) > captionMax {
		return refuse(invalid("Param caption must be at most 1024 characters long."))
	}
	if f.Link != "" {
		return &simulator.Media{URL: f.Link, Filename: f.Filename}, nil
	}
	kept, ok := n.line.File(f.ID)
	switch {
	case f.ID == "":
		return refuse(invalid("One of id or link is required."))
	case !ok:
		return refuse(invalid("Parameter 'id' is not a valid media ID: " + f.ID))
	case !fits(kind, kept.MIME) || len(kept.Data) > takes[kind].most:
		return refuse(graphError(131053))
	}
	kept.Filename = or(f.Filename, kept.Filename)
	return kept.Shown(), nil
}

// media is GET and DELETE /{media_id}.
func (n *network) media(w http.ResponseWriter, r *http.Request, id string) {
	kept, ok := n.line.File(id)
	if !ok {
		n.line.GraphUnknown(w, r, id)
		return
	}
	if r.Method == http.MethodDelete {
		kept.Data = nil
		n.line.Keep(kept)
		simulator.WriteJSON(w, http.StatusOK, map[string]bool{"success": true})
		return
	}
	expires := n.line.Now().Add(mediaURLLives).Unix()
	simulator.WriteJSON(w, http.StatusOK, map[string]any{
		"messaging_product": "whatsapp", "id": id, "mime_type": kept.MIME, "sha256": kept.SHA256(), "file_size": strconv.Itoa(len(kept.Data)),
		"url": n.line.URL(fmt.Sprintf("/lookaside/whatsapp_business/attachments?mid=%s&ext=%d&hash=%s", id, expires, kept.SHA256()[:24])),
	})
}

// download is a GET of the address that media told, with the same token.
func (n *network) download(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	until, err := strconv.ParseInt(query.Get("ext"), 10, 64)
	kept, ok := n.line.File(query.Get("mid"))
	switch {
	case r.Header.Get("Authorization") != "Bearer "+n.line.Setting("access_token") || n.line.Weather().TokenExpired:
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	case err != nil || !ok || n.line.Weather().MediaExpired || n.line.Now().After(time.Unix(until, 0)):
		http.Error(w, "Not Found", http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", kept.MIME)
		_, _ = w.Write(kept.Data) // a client that has gone needs no answer
	}
}
