package x

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"

	"parley/internal/simulator"
)

// upload is a file that arrives in pieces.
type upload struct {
	mime  string
	total int
	data  []byte
	next  int // the segment that is expected
	at    time.Time
}

// uploadsMax bounds the uploads that are remembered.
const uploadsMax = 1_000

// upload is the calls below /2/media/upload.
// Source: https://docs.x.com/x-api/media/quickstart/media-upload-chunked
func (n *network) upload(w http.ResponseWriter, r *http.Request, path []string) {
	if len(path) == 0 || path[0] != "upload" {
		notFound.answer(w)
		return
	}
	if !n.allowed(w, r, asUser) {
		return
	}
	switch {
	case r.Method == http.MethodGet && len(path) == 1:
		n.finished(w, r.URL.Query().Get("media_id"))
	case r.Method == http.MethodPost && len(path) == 1:
		n.whole(w, r)
	case r.Method == http.MethodPost && len(path) == 2 && path[1] == "initialize":
		n.initialize(w, r)
	case r.Method == http.MethodPost && len(path) == 3 && path[2] == "append":
		n.appendTo(w, r, path[1])
	case r.Method == http.MethodPost && len(path) == 3 && path[2] == "finalize":
		n.finished(w, path[1])
	default:
		notFound.answer(w)
	}
}

// enter makes room for an upload and returns its id.
func (n *network) enter(u *upload) string {
	u.at = n.line.Now()
	id := n.id()
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.uploads) >= uploadsMax {
		clear(n.uploads)
	}
	n.uploads[id] = u
	return id
}

// whole is an upload in one request, a form or JSON.
func (n *network) whole(w http.ResponseWriter, r *http.Request) {
	u := &upload{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		data, ok := n.part(w, r)
		if !ok {
			return
		}
		u.data, u.mime = data, or(r.FormValue("media_type"), http.DetectContentType(data))
	} else {
		var in struct {
			Media string `json:"media"`
			Type  string `json:"media_type"`
		}
		if !decode(w, r, &in) {
			return
		}
		data, err := base64.StdEncoding.DecodeString(in.Media)
		if err != nil {
			invalid("media is not base64").answer(w)
			return
		}
		u.data, u.mime = data, or(in.Type, http.DetectContentType(data))
	}
	u.total = len(u.data)
	n.finished(w, n.enter(u))
}

// part reads the media of a form, which may come as a file or (without a filename)
// as a field; if it cannot, it has answered.
func (n *network) part(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	if field := r.FormValue("media"); field != "" {
		return []byte(field), true
	}
	file, _, err := r.FormFile("media")
	if err != nil {
		invalid("The media field is required.").answer(w)
		return nil, false
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		invalid("The media could not be read.").answer(w)
	}
	return data, err == nil
}

func (n *network) initialize(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Type  string `json:"media_type"`
		Total int    `json:"total_bytes"`
	}
	if !decode(w, r, &in) {
		return
	}
	if in.Type == "" || in.Total <= 0 || in.Total > simulator.CallBytesMax {
		invalid("media_type and total_bytes are required.").answer(w)
		return
	}
	id := n.enter(&upload{mime: in.Type, total: in.Total})
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]any{"id": id, "media_key": "3_" + id, "expires_after_secs": int(mediaLives.Seconds())}})
}

func (n *network) appendTo(w http.ResponseWriter, r *http.Request, id string) {
	data, ok := n.part(w, r)
	if !ok {
		return
	}
	n.mu.Lock()
	u := n.uploads[id]
	good := u != nil && len(u.data)+len(data) <= u.total
	if good {
		u.data = append(u.data, data...)
		u.next++
	}
	n.mu.Unlock()
	if !good {
		invalid("The media id is unknown or there is more than total_bytes.").answer(w)
		return
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]int64{"expires_at": n.line.Now().Add(mediaLives).Unix()}})
}

// finished ends an upload, or tells that it has ended.
func (n *network) finished(w http.ResponseWriter, id string) {
	n.mu.Lock()
	u := n.uploads[id]
	good := u != nil && len(u.data) == u.total
	var file simulator.Media
	if good {
		file = simulator.Media{ID: id, MIME: u.mime, Filename: "media", Data: u.data}
	}
	n.mu.Unlock()
	if !good {
		invalid("The media id is unknown or segments are missing.").answer(w)
		return
	}
	n.line.Keep(file)
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": map[string]any{"id": id, "media_key": "3_" + id, "size": len(file.Data), "expires_after_secs": int(mediaLives.Seconds())}})
}

// media is GET /2/dm_conversations/media/:dm_id/:media_id/:resource_id: by OAuth
// 2.0 alone.
func (n *network) media(w http.ResponseWriter, r *http.Request, path []string) {
	if n.allowed(w, r, asOAuth2) {
		n.serveFile(w, path[1])
	}
}

// ton is the older way to the same file, by OAuth 1.0a.
// Source: https://docs.x.com/x-api/direct-messages/media/introduction
func (n *network) ton(w http.ResponseWriter, r *http.Request, path []string) {
	if len(path) != 7 {
		notFound.answer(w)
		return
	}
	if n.allowed(w, r, asOAuth1) {
		n.serveFile(w, path[5])
	}
}

func (n *network) serveFile(w http.ResponseWriter, id string) {
	file, ok := n.line.File(id)
	if !ok || n.line.Weather().MediaExpired {
		notFound.answer(w)
		return
	}
	w.Header().Set("Content-Type", file.MIME)
	_, _ = w.Write(file.Data) // a client that has gone needs no answer
}
