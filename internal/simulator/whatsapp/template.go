package whatsapp

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"parley/internal/simulator"
)

// template is an approved message.
// Source: .../whatsapp/templates/overview
type template struct {
	Name       string              `json:"name"`
	Language   string              `json:"language"`
	Status     string              `json:"status"`
	Category   string              `json:"category"`
	Format     string              `json:"parameter_format"`
	ID         string              `json:"id"`
	Components []map[string]string `json:"components"`
}

// templates are those of every account.
var templates = []template{
	{"hello_world", "en_US", "APPROVED", "UTILITY", "POSITIONAL", "1192339204654487", body("Hello World")},
	{"invoice_ready", "en", "APPROVED", "UTILITY", "POSITIONAL", "1192339204654488", body("Hello {{1}}, your invoice {{2}} is ready.")},
	{"invoice_ready", "fr_CA", "APPROVED", "UTILITY", "POSITIONAL", "1192339204654489", body("Bonjour {{1}}, votre facture {{2}} est pr\u00eate.")},
	{"follow_up", "en", "APPROVED", "MARKETING", "POSITIONAL", "1192339204654490", body("Hello {{1}}, did we answer your question?")},
	{"slow_news", "en", "PAUSED", "MARKETING", "POSITIONAL", "1192339204654491", body("We have news for you.")},
	{"old_news", "en", "DISABLED", "MARKETING", "POSITIONAL", "1192339204654492", body("We had news for you.")},
	{"not_yet", "en", "PENDING", "UTILITY", "POSITIONAL", "1192339204654493", body("Soon.")},
}

func body(text string) []map[string]string {
	return []map[string]string{{"type": "BODY", "text": text}}
}

// chosen is a template as a message names it.
type chosen struct {
	Name       string                `json:"name"`
	Language   struct{ Code string } `json:"language"`
	Components []struct {
		Type       string `json:"type"`
		Parameters []struct {
			Type string `json:"type"`
			Text string `json:"text"`
		} `json:"parameters"`
	} `json:"components"`
}

var variable = regexp.MustCompile(`\{\{\d+\}\}`)

// fill returns the text that the customer reads.
func (c chosen) fill() (string, *simulator.GraphError) {
	refuse := func(code int) (string, *simulator.GraphError) {
		e := graphError(code)
		return "", &e
	}
	for _, t := range templates {
		if t.Name != c.Name || t.Language != c.Language.Code {
			continue
		}
		switch t.Status {
		case "PAUSED":
			return refuse(132015)
		case "DISABLED":
			return refuse(132016)
		case "PENDING":
			return refuse(132001)
		}
		text := t.Components[0]["text"]
		var values []string
		for _, component := range c.Components {
			if strings.EqualFold(component.Type, "body") {
				for _, p := range component.Parameters {
					values = append(values, p.Text)
				}
			}
		}
		if len(values) != len(variable.FindAllString(text, -1)) {
			return refuse(132000)
		}
		for i, value := range values {
			if strings.ContainsAny(value, "\n\t") {
				return refuse(132012)
			}
			text = strings.ReplaceAll(text, "{{"+strconv.Itoa(i+1)+"}}", value)
		}
		return text, nil
	}
	return refuse(132001)
}

// listTemplates is GET /{waba_id}/message_templates, in pages.
func (n *network) listTemplates(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	found := []template{}
	for _, t := range templates {
		if or(query.Get("name"), t.Name) == t.Name && or(query.Get("status"), t.Status) == t.Status && or(query.Get("language"), t.Language) == t.Language {
			found = append(found, t)
		}
	}
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 {
		limit = 25
	}
	from, _ := strconv.Atoi(query.Get("after")) // a cursor of ours, or none
	from = min(max(from, 0), len(found))
	to := min(from+limit, len(found))
	paging := map[string]any{"cursors": map[string]string{"before": strconv.Itoa(from), "after": strconv.Itoa(to)}}
	if to < len(found) {
		query.Set("after", strconv.Itoa(to))
		query.Del("access_token")
		paging["next"] = n.line.URL(r.URL.Path + "?" + query.Encode())
	}
	simulator.WriteJSON(w, http.StatusOK, map[string]any{"data": found[from:to], "paging": paging})
}
