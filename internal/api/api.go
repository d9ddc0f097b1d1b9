package api

// operations registers everything the API can do. Each noun's file lists its own
// on top; the permission an operation asks for stands beside its path.
func (s *Server) operations() {
	s.sessionOperations()      // session.go: signing in and out, the first set-up
	s.liveOperations()         // live.go: the snapshot, the pass to the news
	s.presenceOperations()     // presence.go: one's own status and queues
	s.conversationOperations() // conversation.go: offers, messages, wrap-up, transfer
	s.parkOperations()         // park.go: what is laid aside, who is kept away
	s.fileOperations()         // file.go: files of messages, uploaded and shown
	s.recordOperations()       // records.go: customers and cases
	s.caseOperations()         // cases.go: what is done about cases, tasks, letters
	s.tableOperations()        // tables.go: records as spreadsheets have them
	s.missedOperations()       // missed.go: contacts nobody served
	s.supervisorOperations()   // supervisor.go: looking on, stepping in, why
	s.adminOperations()        // admin.go: the running of the place
	s.knowledgeOperations()    // knowledge.go: FAQs, canned replies, the public page
	s.scriptOperations()       // scripts.go: drawing, publishing and trying scripts
	s.openOperations()         // open.go: programs that bring customers in
	s.webhookOperations()      // webhooks.go: programs that are told what happens
	s.integrationOperations()  // integrations.go: CRMs outside
	s.publicOperations()       // public.go: visitors
}
