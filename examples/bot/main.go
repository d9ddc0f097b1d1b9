// Bot answers customers by itself until they ask for a person, and then lets
// people answer them. README.md says how to try it.
package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type object = map[string]any

var client = http.Client{Timeout: 10 * time.Second}

// ask makes a request to the channel API, and returns the conversation's state.
func ask(path string, body object) (string, error) {
	raw, _ := json.Marshal(body)
	r, err := http.NewRequestWithContext(context.Background(), "POST", os.Getenv("PARLEY_URL")+"/api/channel/"+os.Getenv("ENTRY_POINT")+path, bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer "+os.Getenv("PARLEY_KEY"))
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var talk struct{ State, Code string }
	if err := json.NewDecoder(answer.Body).Decode(&talk); err == nil && answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: %d %s", path, answer.StatusCode, talk.Code)
	}
	return talk.State, err
}

// talk is a customer speaking: POST /say?from=zoe with their words. Who is
// served by people is not answered by the bot.
func talk(who, text string) (words string, err error) {
	state, err := ask("/messages", object{"conversation": who, "external_id": rand.Text(), "text": text, "from": object{"name": who}})
	if err != nil || state == "active" {
		return "", err
	}
	words = "You said: " + text
	if strings.Contains(text, "person") {
		words = "I get somebody."
		defer func() { _, err = ask("/conversations/"+who+"/handover", object{"queue_id": os.Getenv("QUEUE")}) }()
	}
	_, err = ask("/messages", object{"conversation": who, "external_id": rand.Text(), "sender": "bot", "text": words})
	return words, err
}

var known sync.Map // ids of events: Parley may tell one twice

// hear is Parley telling us what people said.
func hear(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	t, signature, _ := strings.Cut(strings.TrimPrefix(r.Header.Get("Parley-Signature"), "t="), ",v1=")
	mac := hmac.New(sha256.New, []byte(os.Getenv("WEBHOOK_SECRET")))
	fmt.Fprintf(mac, "%s.%s", t, body)
	if !hmac.Equal([]byte(signature), []byte(hex.EncodeToString(mac.Sum(nil)))) {
		http.Error(w, "not Parley", http.StatusForbidden)
		return
	}
	var event struct {
		ID, Type string
		Data     struct{ Conversation, Text string }
	}
	_ = json.Unmarshal(body, &event)
	if _, twice := known.LoadOrStore(event.ID, true); event.Type == "message" && !twice {
		log.Printf("%s hears: %s", event.Data.Conversation, event.Data.Text)
	}
}

func main() {
	http.HandleFunc("POST /parley", hear)
	http.HandleFunc("POST /say", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		words, err := talk(r.FormValue("from"), string(text))
		fmt.Fprintln(w, words)
		if err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(os.Getenv("LISTEN"), nil))
}
