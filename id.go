package parley

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// The ids of the house: a prefix and a UUIDv7, made by the server before a
// command is handed in. Order is never read from an id.
type (
	AgentID        string // agt_
	GroupID        string // grp_
	SkillID        string // skl_
	QueueID        string // que_
	EntryPointID   string // ent_
	ConversationID string // con_
	InteractionID  string // int_
	MessageID      string // msg_
	CustomerID     string // cus_
	CaseID         string // cas_
	DispositionID  string // dsp_
	ListID         string // dsl_: a list of dispositions
	FAQID          string // faq_
	StatusCodeID   string // stc_
	AttachmentID   string // att_
	ScriptID       string // scr_
	FieldID        string // fld_: a field of customers or cases
)

// MadeAt returns when NewID made an id, to the millisecond; zero if it did not.
func MadeAt(id string) time.Time {
	_, digits, ok := strings.Cut(id, "_")
	if !ok || len(digits) != 32 {
		return time.Time{}
	}
	ms, err := strconv.ParseInt(digits[:12], 16, 64)
	if err != nil || ms < 0 {
		return time.Time{}
	}
	return FromMillis(ms)
}

// NewID returns prefix followed by a UUIDv7 of now in hexadecimal.
//
// Source: RFC 9562, section 5.7.
func NewID(prefix string, now time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(b[:6], ms[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return prefix + "_" + hex.EncodeToString(b[:])
}
