package whatsapp

import (
	"fmt"

	"parley/internal/simulator"
)

// fault is a row of Meta's table of errors.
type fault struct {
	status  int
	title   string
	details string
}

// faults is Meta's table, as far as messages meet it.
// Source: .../whatsapp/support/error-codes
var faults = map[int]fault{
	0:      {401, "AuthException", "We were unable to authenticate the app user."},
	2:      {503, "API Service", "Temporary due to downtime or due to being overloaded."},
	3:      {500, "API Method", "Capability or permissions issue."},
	4:      {400, "API Too Many Calls", "The app has reached its API call rate limit."},
	10:     {403, "Permission Denied", "Permission is either not granted or has been removed."},
	33:     {400, "Parameter value is not valid", "The business phone number has been deleted."},
	100:    {400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."},
	190:    {401, "Access token has expired", "Your access token has expired."},
	200:    {403, "API Permission", "Permission is either not granted or has been removed."},
	368:    {403, "Temporarily blocked for policies violations", "The WhatsApp Business Account has been restricted or disabled for violating a platform policy."},
	80007:  {400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."},
	130429: {400, "Rate limit hit", "Cloud API message throughput has been reached."},
	130472: {400, "User's number is part of an experiment", "Message was not sent as part of an experiment."},
	130497: {403, "Business account is restricted from messaging users in this country.", "The WhatsApp Business Account is restricted from messaging to users in certain countries."},
	131000: {500, "Something went wrong", "Message failed to send due to an unknown error."},
	131005: {403, "Access denied", "Permission is either not granted or has been removed."},
	131008: {400, "Required parameter is missing", "The request is missing a required parameter."},
	131009: {400, "Parameter value is not valid", "One or more parameter values are invalid."},
	131016: {500, "Service unavailable", "A service is temporarily unavailable."},
	131021: {400, "Recipient cannot be sender", "Sender and recipient phone number is the same."},
	131026: {400, "Message Undeliverable", "Message Undeliverable."},
	131031: {403, "Account has been locked", "The WhatsApp Business Account has been restricted or disabled for violating a platform policy."},
	131042: {400, "Business eligibility payment issue", "There was an error related to your payment method."},
	131047: {400, "Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."},
	131048: {400, "Spam rate limit hit", "Message failed to send because there are restrictions on how many messages can be sent from this phone number."},
	131049: {400, "Meta chose not to deliver.", "This message was not delivered to maintain healthy ecosystem engagement."},
	131050: {400, "User has stopped receiving marketing messages", "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business."},
	131051: {400, "Unsupported message type", "Message type is currently not supported."},
	131052: {400, "Media download error", "Unable to download the media sent by the user."},
	131053: {400, "Media upload error", "Unable to upload the media used in the message."},
	131056: {400, "(Business Account, Consumer Account) pair rate limit hit", "Too many messages sent from the sender phone number to the same recipient phone number in a short period of time."},
	131062: {400, "Business-scoped User ID recipients are not supported for this message", "This kind of message needs a phone number."},
	131063: {400, "Marketing messages are disabled", "Marketing messages are disabled for this recipient."},
	131064: {400, "Quality limit", "The number's quality is too low to send this message now."},
	132000: {400, "Template Param Count Mismatch", "The number of variable parameter values included in the request did not match the number of variable parameters defined in the template."},
	132001: {404, "Template does not exist", "The template does not exist in the specified language or the template has not been approved."},
	132005: {400, "Template hydrated text too long", "Translated text is too long."},
	132007: {400, "Template format character policy violated", "Template content violates a WhatsApp policy."},
	132012: {400, "Template parameter format mismatch", "Variable parameter values formatted incorrectly."},
	132015: {400, "Template is paused", "Template is paused due to low quality so it cannot be sent in a template message."},
	132016: {400, "Template is disabled", "Template has been paused too many times due to low quality and is now permanently disabled."},
	135000: {400, "Generic user error", "Message failed to send because of an unknown error with your request parameters."},
	137000: {400, "Identity key mismatch", "The identity hash does not match."},
}

// graphError is a row of the table as the answer to a call.
func graphError(code int) simulator.GraphError {
	f := known(code)
	return simulator.GraphError{Status: f.status, Code: code, Message: fmt.Sprintf("(#%d) %s", code, f.title), Details: f.details}
}

// invalid is error 100 about one parameter.
func invalid(sentence string) simulator.GraphError {
	return simulator.GraphError{Status: 400, Code: 100, Message: "(#100) " + sentence, Details: sentence}
}

// statusErrors is a row of the table as a failed status carries it.
func statusErrors(code int) []any {
	f := known(code)
	return []any{map[string]any{
		"code": code, "title": f.title, "message": f.title, "error_data": map[string]string{"details": f.details},
		"href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
	}}
}

func known(code int) fault {
	if f, ok := faults[code]; ok {
		return f
	}
	return faults[131000]
}
