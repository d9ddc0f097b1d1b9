package center

import (
	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// What browsers get. Times are Unix milliseconds, 0 = none. The types are the
// schemas of the HTTP interface: docs/api.md.
type (
	// Named is an id and what it is called.
	Named struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}

	// Who is an agent as others are shown them.
	Who struct {
		ID          parley.AgentID `json:"id"`
		DisplayName string         `json:"display_name"`
	}

	// Interaction is one as its reader may see it now; a newer one replaces it.
	Interaction struct {
		ID           parley.InteractionID    `json:"id"`
		Number       int64                   `json:"number"`
		Conversation parley.ConversationID   `json:"conversation_id"`
		Journey      parley.InteractionID    `json:"journey_id"`
		Origin       parley.InteractionID    `json:"origin_id"`
		Channel      parley.Channel          `json:"channel"`
		State        parley.InteractionState `json:"state"`
		Queue        Named                   `json:"queue"`
		Agent        *Who                    `json:"agent"`
		Customer     Customer                `json:"customer"`
		Visitor      Visitor                 `json:"visitor"`
		Match        Match                   `json:"match"`
		EntryAt      int64                   `json:"entry_at"`
		CreatedAt    int64                   `json:"created_at"`
		AcceptedAt   int64                   `json:"accepted_at"`
		EndedAt      int64                   `json:"ended_at"`
		EndedBy      parley.EndedBy          `json:"ended_by"`
		EndWhy       string                  `json:"end_why"`
		ParkedUntil  int64                   `json:"parked_until"` // of one that is parked; 0 = until the next message
		ParkedBy     *Who                    `json:"parked_by"`    // null unless it is parked
		WrapUpFrom   int64                   `json:"wrapup_from"`
		WrapUpUntil  int64                   `json:"wrapup_until"`
		Overdue      bool                    `json:"overdue"`
		AwaitAck     bool                    `json:"await_ack"`
		Unviewed     bool                    `json:"unviewed"`
		CodeRequired bool                    `json:"code_required"`
		Complete     bool                    `json:"complete"`
		Offer        *Offer                  `json:"offer"`
		Transfer     Transfer                `json:"transfer"`
		Last         *Last                   `json:"last"`
		UnreadFromAt int64                   `json:"unread_from_at"` // the first unanswered customer message: the reply clock (WSP-03)
		Unanswered   int                     `json:"unanswered"`
		DeliveredSeq int64                   `json:"delivered_seq"`
		ReadSeq      int64                   `json:"read_seq"`
		LastSeq      int64                   `json:"last_seq"`
		ReplyTarget  int64                   `json:"reply_target_s"`
		Priority     int                     `json:"priority"`
		Lists        []List                  `json:"lists"`
		Chosen       []parley.DispositionID  `json:"chosen"`
		Case         *Case                   `json:"case"`
		Draft        string                  `json:"draft"`
		LogPop       string                  `json:"log_pop" enum:",none,view,edit,auto" doc:"of its agent: how its log opens (CRM-10)"`
		MayExtend    bool                    `json:"may_extend"`   // WRP-11: more time may be asked for now
		WindowUntil  int64                   `json:"window_until"` // until when the network lets us answer freely, 0 = always
		Composer     *Composer               `json:"composer"`     // of its agent, on a network
		Rich         bool                    `json:"rich,omitempty" doc:"of its agent: marks in what is written are shown to the customer (FAQ-04)"`
		CRM          []store.CRMBrief        `json:"crm,omitempty" doc:"what CRMs outside know of who writes; none where no CRM is connected"`
	}

	// Customer is whose interaction it is; ID is "" while nobody is linked.
	Customer struct {
		ID            parley.CustomerID `json:"id"`
		Name          string            `json:"name"`
		AccountNumber string            `json:"account_number"`
	}

	// Visitor is what the customer claims and what their browser says.
	Visitor struct {
		Name          string `json:"name"`
		Email         string `json:"email"`
		Phone         string `json:"phone"`
		AccountNumber string `json:"account_number"`
		CaseNumber    string `json:"case_number"`
		Question      string `json:"question"`
		Language      string `json:"language"`
		ZoneOffset    int    `json:"zone_offset"`
		IP            string `json:"ip"`
		Browser       string `json:"browser"`
		Page          string `json:"page"`
		Handle        string `json:"handle" doc:"their name on the network, without @"`
		Address       string `json:"address" doc:"where they are answered on a network, empty on the web"`
		Away          bool   `json:"away"`
		ConsentAt     int64  `json:"consent_at" doc:"when they agreed to the entry point's text of consent, 0 = none was asked for"`
		Consent       string `json:"consent" doc:"version of its words"`

		Variables parley.Variables `json:"variables,omitempty" doc:"what the site says of them, by name; claimed, not verified"`
	}

	// Match is which customers fit, found when the interaction was offered.
	Match struct {
		Count     int                 `json:"count"`
		Rule      string              `json:"rule"`
		Customers []parley.CustomerID `json:"customer_ids"`
		Case      parley.CaseID       `json:"case_id"`
	}

	// Offer is the one that rings.
	Offer struct {
		ID        string         `json:"id"`
		Agent     parley.AgentID `json:"agent_id"`
		MadeAt    int64          `json:"made_at"`
		Until     int64          `json:"until"`
		MayReject bool           `json:"may_reject"`
	}

	// Transfer is where an interaction goes and where it came from.
	Transfer struct {
		PendingTo *Who `json:"pending_to"`
		From      *Who `json:"from"`
	}

	// Last is the last thing people wrote.
	Last struct {
		Seq    int64         `json:"seq"`
		Sender parley.Sender `json:"sender"`
		Text   string        `json:"text"` // its first 120 characters
		At     int64         `json:"at"`
	}

	// List is a disposition list that applies.
	List struct {
		ID       parley.ListID `json:"id"`
		Name     string        `json:"name"`
		NameFR   string        `json:"name_fr"`
		Required bool          `json:"required"`
		Multiple bool          `json:"multiple"`
		Codes    []Code        `json:"codes"`
	}

	// Code is one coded result.
	Code struct {
		ID     parley.DispositionID `json:"id"`
		Name   string               `json:"name"`
		NameFR string               `json:"name_fr"`
		Short  string               `json:"short"`
	}

	// Case is the interaction's log.
	Case struct {
		ID       parley.CaseID     `json:"id"`
		Number   int64             `json:"number"`
		Status   parley.CaseStatus `json:"status"`
		Draft    bool              `json:"draft"`
		Customer parley.CustomerID `json:"customer_id"`
	}

	// Message is one line. A system line's text is a code, and Agent whom it names.
	Message struct {
		ID           parley.MessageID      `json:"id"`
		Conversation parley.ConversationID `json:"conversation_id"`
		Interaction  parley.InteractionID  `json:"interaction_id"`
		Seq          int64                 `json:"seq"`
		Sender       parley.Sender         `json:"sender"`
		Agent        *Who                  `json:"agent"`
		ClientID     string                `json:"client_id"`
		Text         string                `json:"text"`
		At           int64                 `json:"at"`
		Content      *parley.Content       `json:"content,omitempty"`
		Delivery     *parley.Delivery      `json:"delivery,omitempty"` // of what went to a network
	}

	// Composer is what the network takes, for whoever writes there.
	Composer struct {
		Limit      int                          `json:"limit"`                // of a message, in code points (CNV-03)
		PartLimit  int                          `json:"part_limit"`           // of one message of the network: longer ones go in parts (CNV-05)
		Unit       channel.Unit                 `json:"unit"`                 // of part_limit
		Segments   bool                         `json:"segments"`             // counted and paid by SMS segments
		PlainText  bool                         `json:"plain_text"`           // no files, no emoji (CNV-07)
		Files      []parley.ContentKind         `json:"files"`                // kinds it takes
		FileTypes  []string                     `json:"file_types"`           // MIME types; none = any
		FileNever  []string                     `json:"file_never"`           // MIME types it refuses, where any other goes
		FileMax    int64                        `json:"file_max"`             // bytes, 0 = no limit known
		FileSizes  map[parley.ContentKind]int64 `json:"file_sizes,omitempty"` // bytes, of kinds that may be less than file_max
		Reactions  []string                     `json:"reactions"`            // emojis that may be put under a customer's message
		Typing     bool                         `json:"typing"`
		Receipts   bool                         `json:"receipts"`
		Reads      bool                         `json:"reads"`
		Templates  bool                         `json:"templates"`    // approved ones may be sent, also when the window is closed (WAP-05)
		HumanUntil int64                        `json:"human_until"`  // until when a person may answer after the window, 0 = no longer than it
		Paused     string                       `json:"paused"`       // why what is sent waits, "" = it does not
		OptedOut   bool                         `json:"opted_out"`    // the customer asked not to be written to (SMS-09)
		Check      bool                         `json:"check"`        // it can be asked what became of a message
		Signature  string                       `json:"signature"`    // put below what is written, "" = none
		Price      int64                        `json:"price_micros"` // of a segment, in millionths of currency, 0 = not known
		Currency   string                       `json:"currency"`     // ISO 4217, "" without a price
	}

	// Note is an agent's remark, which no customer sees (XFR-08).
	Note struct {
		ID          string               `json:"id"`
		Interaction parley.InteractionID `json:"interaction_id"`
		Agent       Who                  `json:"agent"`
		ClientID    string               `json:"client_id"`
		Text        string               `json:"text"`
		At          int64                `json:"at"`
	}

	// Agent is a colleague's presence.
	Agent struct {
		ID          parley.AgentID      `json:"id"`
		DisplayName string              `json:"display_name"`
		Group       parley.GroupID      `json:"group_id"`
		Role        parley.Role         `json:"role"`
		Base        parley.Presence     `json:"base"`
		Sub         parley.Sub          `json:"sub"`
		Next        parley.Presence     `json:"next"`
		Conn        parley.Conn         `json:"conn"`
		Displayed   parley.Presence     `json:"displayed"`
		Since       int64               `json:"since_at"`
		Reason      parley.StatusReason `json:"reason"`
		Code        parley.StatusCodeID `json:"code"`
		CodeName    string              `json:"code_name"`
		ByName      string              `json:"by_name"`
		Offered     int                 `json:"offered"`
		Active      int                 `json:"active"`
		Wrapping    int                 `json:"wrapping"`
		Load        int                 `json:"load"`
		Capacity    int                 `json:"capacity"`
		IdleSince   int64               `json:"idle_since_at"`
		ReturnAt    int64               `json:"return_at"`
		GraceUntil  int64               `json:"grace_until"`
	}

	// Event is what one log row means to its reader. Interaction and Agent replace
	// what they name, Message and Note are added, Gone is taken out.
	Event struct {
		N           int64                `json:"n"`
		At          int64                `json:"at"`
		Type        string               `json:"type"`
		Interaction *Interaction         `json:"interaction,omitempty"`
		Gone        parley.InteractionID `json:"gone,omitempty"`
		Agent       *Agent               `json:"agent,omitempty"`
		Message     *Message             `json:"message,omitempty"`
		Note        *Note                `json:"note,omitempty"`
		How         string               `json:"how,omitempty"`
		Why         string               `json:"why,omitempty"`
	}

	// Snapshot is all its reader may see at log row N.
	Snapshot struct {
		N            int64                               `json:"n"`
		Now          int64                               `json:"now"`
		Me           Me                                  `json:"me"`
		Agents       []Agent                             `json:"agents"`
		Interactions []Interaction                       `json:"interactions"`
		Messages     map[parley.ConversationID][]Message `json:"messages"`
		Notes        map[parley.InteractionID][]Note     `json:"notes"`
	}

	// Me is who is asking, and what they may do.
	Me struct {
		ID             parley.AgentID      `json:"id"`
		Login          string              `json:"login"`
		DisplayName    string              `json:"display_name"`
		Email          string              `json:"email"`
		Role           parley.Role         `json:"role"`
		Group          MyGroup             `json:"group"`
		Language       string              `json:"language"`
		Capacity       int                 `json:"capacity"`
		Signature      string              `json:"signature"`
		May            MyRights            `json:"may"`
		Permissions    []parley.Permission `json:"permissions"`
		Limits         Limits              `json:"limits"`
		LabelsPreset   parley.Preset       `json:"labels_preset"`
		BusyMenu       string              `json:"busy_menu"`
		WrapUpExtend   int64               `json:"wrapup_extend_s"`
		WrapUpContinue bool                `json:"wrapup_continue_step"`
		ConfirmEnd     bool                `json:"confirm_end" doc:"whether the End button asks first (WRP-01)"`
		Queues         []MyQueue           `json:"queues"`
		StatusCodes    []StatusCode        `json:"status_codes"`
		Pop            Pop                 `json:"pop"`
		AutoLog        AutoLog             `json:"autolog"`
		Demo           bool                `json:"demo"`
		Center         string              `json:"center"`
		Zone           string              `json:"zone"`
	}

	// MyGroup is the agent's group.
	MyGroup struct {
		ID     parley.GroupID `json:"id"`
		Name   string         `json:"name"`
		Preset parley.Preset  `json:"preset"`
	}

	// MyRights are settings resolved for the agent.
	MyRights struct {
		Reject          bool `json:"reject"`
		ToggleQueues    bool `json:"toggle_queues"`
		Block           bool `json:"block"` // whoever writes on a network
		EditProfile     bool `json:"edit_profile"`
		ChangePops      bool `json:"change_pops"` // when records open (POP-07)
		TransferToAgent bool `json:"transfer_to_agent"`
	}

	// Limits are how long the agent's messages may be, in code points.
	Limits struct {
		WebChat       int `json:"webchat"`
		SupportCenter int `json:"support_center"`
	}

	// MyQueue is a membership.
	MyQueue struct {
		ID           parley.QueueID `json:"id"`
		Name         string         `json:"name"`
		Level        int            `json:"level"`
		Assigned     bool           `json:"assigned"`
		Enabled      bool           `json:"enabled"`
		QueueEnabled bool           `json:"queue_enabled"`
	}

	// StatusCode is one an agent may choose.
	StatusCode struct {
		ID      parley.StatusCodeID `json:"id"`
		Applies string              `json:"applies"`
		Name    string              `json:"name"`
		NameFR  string              `json:"name_fr"`
	}

	// Pop says when a record opens by itself (POP-01).
	Pop struct {
		OnOffer  bool `json:"on_offer"`
		OnAccept bool `json:"on_accept"`
		OnEnd    bool `json:"on_end"`
	}

	// AutoLog says whether and how the log opens (CRM-10).
	AutoLog struct {
		Enabled bool   `json:"enabled"`
		Pop     string `json:"pop"`
	}
)

// What a visitor's window gets.
type (
	// VisitorView is the visitor's own conversation.
	VisitorView struct {
		ID           parley.ConversationID `json:"id"`
		State        string                `json:"state"` // waiting, chatting, ended, offline
		Agent        *Nick                 `json:"agent"`
		AgentAway    bool                  `json:"agent_away"`
		Transferring bool                  `json:"transferring"`
		QueueName    string                `json:"queue_name"`
		WaitText     string                `json:"wait_text"`
		CustomerEnd  bool                  `json:"customer_end"`
		MaySkip      bool                  `json:"may_skip"`
		EndedBy      parley.EndedBy        `json:"ended_by"`
		LastSeq      int64                 `json:"last_seq"`
		Limit        int                   `json:"limit"`
		Attachments  bool                  `json:"attachments" doc:"files may be sent"`
		Language     string                `json:"language"`
		FormAfterEnd bool                  `json:"form_after_end"`
		MayMail      bool                  `json:"may_mail" doc:"what was said can be mailed to the address we know"`
	}

	// Nick is all a visitor learns of an agent.
	Nick struct {
		DisplayName string `json:"display_name"`
	}

	// VisitorMessage is one line as a visitor sees it: no id of an agent.
	VisitorMessage struct {
		ID       parley.MessageID `json:"id"`
		Seq      int64            `json:"seq"`
		Sender   parley.Sender    `json:"sender"`
		Agent    *Nick            `json:"agent"`
		ClientID string           `json:"client_id"`
		Text     string           `json:"text"`
		At       int64            `json:"at"`
		Content  *parley.Content  `json:"content,omitempty" doc:"what it carries besides its text"`
	}

	// VisitorSnapshot is the conversation at log row N.
	VisitorSnapshot struct {
		N            int64            `json:"n"`
		Now          int64            `json:"now"`
		Conversation VisitorView      `json:"conversation"`
		Messages     []VisitorMessage `json:"messages"`
	}

	// VisitorEvent is what one log row means to a visitor.
	VisitorEvent struct {
		N            int64           `json:"n"`
		At           int64           `json:"at"`
		Type         string          `json:"type"`
		Conversation *VisitorView    `json:"conversation,omitempty"`
		Message      *VisitorMessage `json:"message,omitempty"`
	}
)
