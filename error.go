package parley

import "fmt"

// Kind says which sort of refusal an Error is; the doors turn it into a status.
type Kind int

// The kinds of refusal.
const (
	Internal        Kind = iota // 500: a fault of ours
	BadRequest                  // 400
	Unauthenticated             // 401
	Forbidden                   // 403
	NotFound                    // 404
	Conflict                    // 409
	TooLarge                    // 413
	Invalid                     // 422
	RateLimited                 // 429
	Unavailable                 // 503
)

// Error is an error whose meaning may cross the wire. Any other error is shown
// to users as "internal".
type Error struct {
	Kind   Kind
	Code   string         // exact meaning, and the front end's translation key: error.<code>
	Fields []FieldError   // what is wrong with which field, for Invalid
	Data   map[string]any // numbers and ids that belong to the code: limit, count, interactions
}

// FieldError says what is wrong with one field of an input.
type FieldError struct {
	Field string `json:"field"`           // path: members[2].level
	Code  string `json:"code"`            // required, too_long, out_of_range, taken, unknown ...
	Whose string `json:"whose,omitempty"` // of what is taken: who has it, as people read it
}

// Error returns the code.
func (e *Error) Error() string {
	if len(e.Fields) > 0 {
		return fmt.Sprintf("%s %v", e.Code, e.Fields)
	}
	return e.Code
}

// Is reports whether target is an Error with the same code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// With returns a copy of e that carries data.
func (e *Error) With(data map[string]any) *Error {
	c := *e
	c.Data = data
	return &c
}

// ErrInvalid returns an Invalid error that names the fields at fault.
func ErrInvalid(fields ...FieldError) *Error {
	return &Error{Kind: Invalid, Code: "invalid", Fields: fields}
}

// The refusals a caller can act on. Compare with errors.Is.
var (
	ErrBadRequest          = &Error{Kind: BadRequest, Code: "bad_request"}
	ErrUnauthenticated     = &Error{Kind: Unauthenticated, Code: "unauthenticated"}
	ErrSessionTakenOver    = &Error{Kind: Unauthenticated, Code: "session_taken_over"}
	ErrSessionElsewhere    = &Error{Kind: Conflict, Code: "session_elsewhere"} // SEC-08: sign in again with take_over
	ErrBadSignature        = &Error{Kind: Forbidden, Code: "bad_signature"}    // a request at a webhook that its network did not sign
	ErrForbidden           = &Error{Kind: Forbidden, Code: "forbidden"}
	ErrRejectNotPermitted  = &Error{Kind: Forbidden, Code: "reject_not_permitted"}
	ErrNotFound            = &Error{Kind: NotFound, Code: "not_found"}
	ErrOfferExpired        = &Error{Kind: Conflict, Code: "offer_expired"}
	ErrCustomerLeft        = &Error{Kind: Conflict, Code: "customer_left"}
	ErrAnswerOfferFirst    = &Error{Kind: Conflict, Code: "answer_offer_first"}
	ErrBusy                = &Error{Kind: Conflict, Code: "busy"}
	ErrInteractionsOpen    = &Error{Kind: Conflict, Code: "interactions_open"}
	ErrAtCapacity          = &Error{Kind: Conflict, Code: "at_capacity"}
	ErrAgentUnavailable    = &Error{Kind: Conflict, Code: "agent_unavailable"} // I20b: the target takes nothing now
	ErrInteractionEnded    = &Error{Kind: Conflict, Code: "interaction_ended"}
	ErrDispositionRequired = &Error{Kind: Conflict, Code: "disposition_required"}
	ErrQueueUnstaffed      = &Error{Kind: Conflict, Code: "queue_unstaffed"}
	ErrQueueNotEmpty       = &Error{Kind: Conflict, Code: "queue_not_empty"}
	ErrConflict            = &Error{Kind: Conflict, Code: "conflict"}
	ErrInUse               = &Error{Kind: Conflict, Code: "in_use"}     // something refers to what should be removed; data: count
	ErrLastAdmin           = &Error{Kind: Conflict, Code: "last_admin"} // a center keeps one administrator who can sign in
	ErrStatusCodeRequired  = &Error{Kind: Invalid, Code: "status_code_required"}
	ErrCustomerRequired    = &Error{Kind: Invalid, Code: "customer_required"}
	ErrEmailNotVerified    = &Error{Kind: Conflict, Code: "email_not_verified"}     // CRM-03: nothing is mailed to an address nobody made sure of
	ErrPlainTextOnly       = &Error{Kind: Invalid, Code: "plain_text_only"}         // CNV-07, SMS-05
	ErrShortCode           = &Error{Kind: Invalid, Code: "short_code"}              // SMS-04
	ErrSMSCustomerFirst    = &Error{Kind: Conflict, Code: "sms_customer_first"}     // SMS-03: agents do not start a text conversation
	ErrCustomerFirst       = &Error{Kind: Conflict, Code: "customer_first"}         // nor one on another network
	ErrFileNotAllowed      = &Error{Kind: Invalid, Code: "file_not_allowed"}        // CNV-07: the network does not take it
	ErrNoReactions         = &Error{Kind: Invalid, Code: "no_reactions"}            // CNV-07: the network, or this message, takes none
	ErrUnknownTemplate     = &Error{Kind: Invalid, Code: "unknown_template"}        // WAP-05: not one of the approved ones
	ErrWindowClosed        = &Error{Kind: Conflict, Code: "window_closed"}          // WAP-05, SOC-07
	ErrCountryOff          = &Error{Kind: Conflict, Code: "country_not_allowed"}    // SMS-01: nothing is sent there
	ErrOptedOut            = &Error{Kind: Conflict, Code: "opted_out"}              // SMS-09
	ErrUnconfirmed         = &Error{Kind: Conflict, Code: "unconfirmed"}            // it may have arrived; send again with anyway
	ErrNetworkSilent       = &Error{Kind: Unavailable, Code: "network_unavailable"} // the network does not answer
	ErrTextTooLong         = &Error{Kind: Invalid, Code: "text_too_long"}
	ErrTooLarge            = &Error{Kind: TooLarge, Code: "too_large"}
	ErrRateLimited         = &Error{Kind: RateLimited, Code: "rate_limited"}
	ErrTooManyFiles        = &Error{Kind: RateLimited, Code: "too_many_files"}
	ErrOverloaded          = &Error{Kind: Unavailable, Code: "overloaded"}
	ErrStorageFull         = &Error{Kind: Unavailable, Code: "storage_full"}
	ErrStorageUnavailable  = &Error{Kind: Unavailable, Code: "storage_unavailable"}
	ErrInsecureConnection  = &Error{Kind: Forbidden, Code: "insecure_connection"} // sign-in over plain HTTP off loopback
	ErrDemoOnlyOnLoopback  = &Error{Kind: Forbidden, Code: "demo_only_on_loopback"}
	ErrPresenceNotAllowed  = &Error{Kind: Conflict, Code: "presence_not_allowed"} // PRE-03: not in the graph
	ErrConversationOpen    = &Error{Kind: Conflict, Code: "conversation_open"}
	ErrInternal            = &Error{Kind: Internal, Code: "internal"}
	ErrConsentRequired     = &Error{Kind: Invalid, Code: "consent_required"} // the visitor has not agreed to the words of today; data: version, text
	ErrClosed              = &Error{Kind: Conflict, Code: "closed"}          // out of hours: leave a message instead
	ErrNotCustomerEndable  = &Error{Kind: Forbidden, Code: "customer_cannot_end"}
	ErrUnknownSignIn       = &Error{Kind: Unauthenticated, Code: "wrong_sign_in"} // same for unknown name and wrong password
	ErrSSOPending          = &Error{Kind: Conflict, Code: "sso_pending"}          // nobody has come back yet: ask again
	ErrSSOFailed           = &Error{Kind: Unauthenticated, Code: "sso_failed"}    // state, code or token do not fit
	ErrSSOUnknown          = &Error{Kind: Forbidden, Code: "sso_unknown"}         // the provider knows them, we do not
	ErrSSOUnavailable      = &Error{Kind: Unavailable, Code: "sso_unavailable"}   // the provider does not answer
	ErrSetupDone           = &Error{Kind: NotFound, Code: "not_found"}
)
