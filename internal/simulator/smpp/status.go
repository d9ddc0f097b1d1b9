package smpp

// Command is an operation of SMPP 3.4, section 5.1.2.1; an answer has the top bit.
type Command uint32

// The operations an ESME may use here, and those this SMSC uses itself.
const (
	genericNack       Command = 0x80000000
	bindReceiver      Command = 0x00000001
	bindTransmitter   Command = 0x00000002
	querySM           Command = 0x00000003
	submitSM          Command = 0x00000004
	deliverSM         Command = 0x00000005
	unbind            Command = 0x00000006
	cancelSM          Command = 0x00000008
	bindTransceiver   Command = 0x00000009
	enquireLink       Command = 0x00000015
	answer            Command = 0x80000000
	deliverAnswer             = deliverSM | answer
	unbindAnswer              = unbind | answer
	enquireLinkAnswer         = enquireLink | answer
)

// versionThirtyFour is interface_version of SMPP 3.4.
const versionThirtyFour byte = 0x34

// The optional parameters in use: section 5.3.2.
const (
	tagReceiptedID      uint16 = 0x001E
	tagSarRef           uint16 = 0x020C
	tagSarTotal         uint16 = 0x020E
	tagSarSequence      uint16 = 0x020F
	tagInterfaceVersion uint16 = 0x0210
	tagNetworkError     uint16 = 0x0423
	tagPayload          uint16 = 0x0424
	tagState            uint16 = 0x0427
)

// Status is a command_status of SMPP 3.4, section 5.1.3.
type Status uint32

// The answers this SMSC gives.
const (
	OK               Status = 0x00
	InvalidLength    Status = 0x01 // message too long
	InvalidPDULength Status = 0x02
	InvalidCommand   Status = 0x03
	WrongBindState   Status = 0x04
	AlreadyBound     Status = 0x05
	SystemError      Status = 0x08
	InvalidSource    Status = 0x0A
	InvalidTarget    Status = 0x0B
	InvalidID        Status = 0x0C
	BindFailed       Status = 0x0D
	InvalidPassword  Status = 0x0E
	InvalidSystemID  Status = 0x0F
	CancelFailed     Status = 0x11
	QueueFull        Status = 0x14
	InvalidESMClass  Status = 0x43
	SubmitFailed     Status = 0x45
	Throttled        Status = 0x58
	QueryFailed      Status = 0x67
	InvalidTLVStream Status = 0xC0
	InvalidTLVLength Status = 0xC2
)

// esm_class and data_coding: sections 5.2.12 and 5.2.19.
const (
	featureUDH    byte = 0x40 // a user data header stands before the text
	classReceipt  byte = 0x04 // this is a delivery receipt
	codingDefault byte = 0x00
	codingLatin   byte = 0x03
	codingUCS2    byte = 0x08
)

// Bounds: of the protocol, then of what a center keeps.
const (
	headerSize     = 16
	longestPDU     = 70_000 // message_payload holds up to 64 KiB
	longestShort   = 254
	longestAddress = 20
	partsMost      = 255
	waitingMost    = 10_000 // deliver_sm for one system id
	rememberedMost = 50_000 // submitted messages whose state can be asked
	unfinishedMost = 1_000  // long messages of which a piece is missing
	sessionsMost   = 1_000
)

// State is where a message stands: message_state of SMPP 3.4, section 5.2.28.
type State byte

// The states; each has its seven letters in a text receipt (appendix B).
const (
	Enroute       State = 1
	Delivered     State = 2
	Expired       State = 3
	Deleted       State = 4
	Undeliverable State = 5
	Accepted      State = 6
	Unknown       State = 7
	Rejected      State = 8
)

var letters = [...]string{Enroute: "ENROUTE", Delivered: "DELIVRD", Expired: "EXPIRED", Deleted: "DELETED",
	Undeliverable: "UNDELIV", Accepted: "ACCEPTD", Unknown: "UNKNOWN", Rejected: "REJECTD"}

// String returns the state as a text receipt spells it.
func (s State) String() string {
	if s < Enroute || s > Rejected {
		return letters[Unknown]
	}
	return letters[s]
}

// final reports whether nothing further happens to the message.
func (s State) final() bool { return s != Enroute && s != Accepted }
