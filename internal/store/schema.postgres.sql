CREATE TABLE agent_skills (
	agent_id text NOT NULL,
	skill_id text NOT NULL,
	level integer NOT NULL
);
ALTER TABLE agent_skills ADD CONSTRAINT agent_skills_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE agent_skills ADD CONSTRAINT agent_skills_level_check CHECK ((((level >= 10) AND (level <= 100)) AND ((level % 10) = 0)));
ALTER TABLE agent_skills ADD CONSTRAINT agent_skills_pkey PRIMARY KEY (agent_id, skill_id);
ALTER TABLE agent_skills ADD CONSTRAINT agent_skills_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES skills(id) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE agent_slots (
	agent_id text NOT NULL,
	slot integer NOT NULL,
	interaction_id text NOT NULL
);
ALTER TABLE agent_slots ADD CONSTRAINT agent_slots_pkey PRIMARY KEY (agent_id, slot);
ALTER TABLE agent_slots ADD CONSTRAINT agent_slots_slot_check CHECK (((slot >= 1) AND (slot <= 20)));
CREATE UNIQUE INDEX agent_slots_interaction ON agent_slots USING btree (interaction_id);
CREATE TABLE agents (
	id text NOT NULL,
	group_id text NOT NULL,
	login text NOT NULL,
	display_name text NOT NULL,
	email text NOT NULL,
	role text NOT NULL,
	enabled boolean NOT NULL,
	capacity integer NOT NULL,
	language text NOT NULL,
	password_hash text NOT NULL,
	demo boolean NOT NULL,
	created_at bigint NOT NULL,
	rev bigint NOT NULL,
	signature text NOT NULL
);
ALTER TABLE agents ADD CONSTRAINT agents_capacity_check CHECK (((capacity >= 1) AND (capacity <= 20)));
ALTER TABLE agents ADD CONSTRAINT agents_group_id_fkey FOREIGN KEY (group_id) REFERENCES groups(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE agents ADD CONSTRAINT agents_pkey PRIMARY KEY (id);
ALTER TABLE agents ADD CONSTRAINT agents_role_check CHECK ((role = ANY (ARRAY['agent'::text, 'supervisor'::text, 'admin'::text])));
CREATE UNIQUE INDEX agents_login ON agents USING btree (login);
CREATE INDEX agents_name ON agents USING btree (display_name, id);
CREATE TABLE api_keys (
	id text NOT NULL,
	name text NOT NULL,
	key_hash text NOT NULL,
	scopes text NOT NULL,
	created_by text NOT NULL,
	created_at bigint NOT NULL,
	used_at bigint NOT NULL,
	revoked_at bigint NOT NULL
);
ALTER TABLE api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX api_keys_hash ON api_keys USING btree (key_hash);
CREATE TABLE assignments (
	interaction_id text NOT NULL,
	agent_id text NOT NULL,
	started_at bigint NOT NULL,
	ended_at bigint NOT NULL
);
ALTER TABLE assignments ADD CONSTRAINT assignments_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE assignments ADD CONSTRAINT assignments_pkey PRIMARY KEY (interaction_id, agent_id, started_at);
CREATE UNIQUE INDEX one_owner ON assignments USING btree (interaction_id) WHERE (ended_at = 0);
CREATE TABLE attachments (
	id text NOT NULL,
	message_id text NOT NULL,
	conversation_id text NOT NULL,
	uploader text NOT NULL,
	kind text NOT NULL,
	name text NOT NULL,
	type text NOT NULL,
	size bigint NOT NULL,
	width integer NOT NULL,
	height integer NOT NULL,
	state text NOT NULL,
	why text NOT NULL,
	ref text NOT NULL,
	sha256 text NOT NULL,
	thumb text NOT NULL,
	created_at bigint NOT NULL
);
ALTER TABLE attachments ADD CONSTRAINT attachments_pkey PRIMARY KEY (id);
ALTER TABLE attachments ADD CONSTRAINT attachments_state_check CHECK ((state = ANY (ARRAY['fetching'::text, 'ready'::text, 'failed'::text, 'refused'::text])));
CREATE INDEX attachments_loose ON attachments USING btree (created_at) WHERE (message_id = ''::text);
CREATE INDEX attachments_message ON attachments USING btree (message_id) WHERE (message_id <> ''::text);
CREATE INDEX attachments_sha256 ON attachments USING btree (sha256) WHERE (sha256 <> ''::text);
CREATE INDEX attachments_thumb ON attachments USING btree (thumb) WHERE (thumb <> ''::text);
CREATE INDEX attachments_uploader ON attachments USING btree (uploader, created_at) WHERE (uploader <> ''::text);
CREATE TABLE audit (
	id bigint NOT NULL,
	at bigint NOT NULL,
	actor text NOT NULL,
	ip text NOT NULL,
	request_id text NOT NULL,
	action text NOT NULL,
	subject text NOT NULL,
	before text NOT NULL,
	after text NOT NULL,
	hash text NOT NULL
);
ALTER TABLE audit ADD CONSTRAINT audit_pkey PRIMARY KEY (id);
CREATE INDEX audit_of ON audit USING btree (subject, id);
CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TABLE block_keys (
	block_id text NOT NULL,
	kind text NOT NULL,
	value text NOT NULL
);
ALTER TABLE block_keys ADD CONSTRAINT block_keys_block_id_fkey FOREIGN KEY (block_id) REFERENCES blocks(id);
ALTER TABLE block_keys ADD CONSTRAINT block_keys_pkey PRIMARY KEY (block_id, kind, value);
CREATE INDEX block_keys_value ON block_keys USING btree (value, kind);
CREATE TABLE blocks (
	id text NOT NULL,
	entry_point_id text NOT NULL,
	kind text NOT NULL,
	value text NOT NULL,
	reason text NOT NULL,
	spam boolean NOT NULL,
	conversation_id text NOT NULL,
	by_id text NOT NULL,
	created_at bigint NOT NULL,
	until bigint NOT NULL,
	ended_at bigint NOT NULL,
	dropped bigint NOT NULL,
	rev bigint NOT NULL,
	channel text NOT NULL
);
ALTER TABLE blocks ADD CONSTRAINT blocks_pkey PRIMARY KEY (id);
CREATE INDEX blocks_channel ON blocks USING btree (channel, created_at, id);
CREATE INDEX blocks_created ON blocks USING btree (((created_at + 0)), id);
CREATE INDEX blocks_standing ON blocks USING btree (created_at, id) WHERE (ended_at = 0);
CREATE INDEX blocks_until ON blocks USING btree (until) WHERE ((ended_at = 0) AND (until > 0));
CREATE TABLE canned_replies (
	id text NOT NULL,
	owner_id text NOT NULL,
	name text NOT NULL,
	shortcut text NOT NULL,
	text_en text NOT NULL,
	text_fr text NOT NULL,
	dispositions text NOT NULL,
	note text NOT NULL,
	uses bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE canned_replies ADD CONSTRAINT canned_replies_pkey PRIMARY KEY (id);
CREATE INDEX canned_replies_owner ON canned_replies USING btree (owner_id, name);
CREATE TABLE case_followups (
	id text NOT NULL,
	case_id text NOT NULL,
	kind text NOT NULL,
	at bigint NOT NULL,
	text text NOT NULL,
	log_id text NOT NULL,
	letter_id text NOT NULL,
	agent_id text NOT NULL,
	created_at bigint NOT NULL
);
ALTER TABLE case_followups ADD CONSTRAINT case_followups_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE case_followups ADD CONSTRAINT case_followups_kind_check CHECK ((kind = ANY (ARRAY['note'::text, 'email'::text, 'contact'::text])));
ALTER TABLE case_followups ADD CONSTRAINT case_followups_pkey PRIMARY KEY (id);
CREATE INDEX case_followups_of ON case_followups USING btree (case_id, at, id);
CREATE TABLE case_texts (
	n bigint NOT NULL,
	body text NOT NULL
);
ALTER TABLE case_texts ADD CONSTRAINT case_texts_pkey PRIMARY KEY (n);
CREATE INDEX case_texts_grams ON case_texts USING gin (body gin_trgm_ops, (ARRAY[(((n >> 12) * 64) + 12), (((n >> 14) * 64) + 14), (((n >> 16) * 64) + 16), (((n >> 18) * 64) + 18), (((n >> 20) * 64) + 20), (((n >> 22) * 64) + 22)])) WITH (gin_pending_list_limit='256');
CREATE TABLE cases (
	id text NOT NULL,
	number bigint NOT NULL,
	customer_id text NOT NULL,
	interaction_id text NOT NULL,
	status text NOT NULL,
	draft boolean NOT NULL,
	subject text NOT NULL,
	notes text NOT NULL,
	channel text NOT NULL,
	queue_id text NOT NULL,
	agent_id text NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	rev bigint NOT NULL,
	visibility text NOT NULL,
	group_id text NOT NULL,
	severity text NOT NULL,
	priority text NOT NULL,
	description text NOT NULL,
	assignee_id text NOT NULL,
	follows_id text NOT NULL,
	closed_at bigint NOT NULL
);
ALTER TABLE cases ADD CONSTRAINT cases_pkey PRIMARY KEY (id);
ALTER TABLE cases ADD CONSTRAINT cases_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])));
ALTER TABLE cases ADD CONSTRAINT cases_severity_check CHECK ((severity = ANY (ARRAY['minor'::text, 'normal'::text, 'major'::text, 'critical'::text])));
ALTER TABLE cases ADD CONSTRAINT cases_status_check CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text])));
ALTER TABLE cases ADD CONSTRAINT cases_visibility_check CHECK ((visibility = ANY (ARRAY['everyone'::text, 'group'::text, 'owner'::text])));
CREATE INDEX cases_all_drafts ON cases USING btree (number) WHERE draft;
CREATE INDEX cases_assignee ON cases USING btree (assignee_id, number) WHERE (assignee_id <> ''::text);
CREATE INDEX cases_channel ON cases USING btree (channel, ((number + 0)));
CREATE INDEX cases_channel_closed ON cases USING btree (channel, ((number + 0))) WHERE (status = 'closed'::text);
CREATE INDEX cases_channel_open ON cases USING btree (channel, ((number + 0))) WHERE (status = 'open'::text);
CREATE INDEX cases_channel_unlinked ON cases USING btree (channel, ((number + 0))) WHERE (customer_id = ''::text);
CREATE INDEX cases_closed_number ON cases USING btree (number) WHERE (status = 'closed'::text);
CREATE INDEX cases_customer ON cases USING btree (customer_id, number);
CREATE INDEX cases_drafts ON cases USING btree (agent_id, number) WHERE draft;
CREATE INDEX cases_follows ON cases USING btree (follows_id, number) WHERE (follows_id <> ''::text);
CREATE UNIQUE INDEX cases_number ON cases USING btree (number);
CREATE INDEX cases_open ON cases USING btree (customer_id, number) WHERE (status = 'open'::text);
CREATE INDEX cases_open_linked ON cases USING btree (number) WHERE ((status = 'open'::text) AND (customer_id <> ''::text));
CREATE INDEX cases_open_number ON cases USING btree (number) WHERE (status = 'open'::text);
CREATE INDEX cases_unlinked ON cases USING btree (number) WHERE (customer_id = ''::text);
CREATE INDEX cases_unlinked_closed ON cases USING btree (number) WHERE ((customer_id = ''::text) AND (status = 'closed'::text));
CREATE INDEX cases_unlinked_open ON cases USING btree (number) WHERE ((customer_id = ''::text) AND (status = 'open'::text));
CREATE UNIQUE INDEX one_case ON cases USING btree (interaction_id) WHERE (interaction_id <> ''::text);
CREATE TABLE center (
	id text NOT NULL,
	name text NOT NULL,
	demo boolean NOT NULL,
	zone text NOT NULL,
	created_at bigint NOT NULL
);
ALTER TABLE center ADD CONSTRAINT center_pkey PRIMARY KEY (id);
CREATE TABLE channel_health (
	entry_point_id text NOT NULL,
	handshake_at bigint NOT NULL,
	signed_at bigint NOT NULL,
	unsigned_at bigint NOT NULL,
	received_at bigint NOT NULL,
	sent_at bigint NOT NULL,
	receipt_at bigint NOT NULL,
	token_until bigint NOT NULL,
	warned_at bigint NOT NULL,
	error_at bigint NOT NULL,
	error_code text NOT NULL,
	error_detail text NOT NULL,
	received bigint NOT NULL,
	sent bigint NOT NULL,
	failed bigint NOT NULL,
	odd bigint NOT NULL
);
ALTER TABLE channel_health ADD CONSTRAINT channel_health_entry_point_id_fkey FOREIGN KEY (entry_point_id) REFERENCES entry_points(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE channel_health ADD CONSTRAINT channel_health_pkey PRIMARY KEY (entry_point_id);
CREATE TABLE chosen_columns (
	agent_id text NOT NULL,
	list text NOT NULL,
	columns text NOT NULL
);
ALTER TABLE chosen_columns ADD CONSTRAINT chosen_columns_pkey PRIMARY KEY (agent_id, list);
CREATE TABLE consent_texts (
	version text NOT NULL,
	text text NOT NULL
);
ALTER TABLE consent_texts ADD CONSTRAINT consent_texts_pkey PRIMARY KEY (version);
CREATE TABLE consents (
	interaction_id text NOT NULL,
	conversation_id text NOT NULL,
	version text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE consents ADD CONSTRAINT consents_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE consents ADD CONSTRAINT consents_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE consents ADD CONSTRAINT consents_pkey PRIMARY KEY (interaction_id);
ALTER TABLE consents ADD CONSTRAINT consents_version_fkey FOREIGN KEY (version) REFERENCES consent_texts(version) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX consents_conversation ON consents USING btree (conversation_id, at);
CREATE TABLE conversation_keys (
	entry_point_id text NOT NULL,
	kind text NOT NULL,
	value text NOT NULL,
	conversation_id text NOT NULL,
	former boolean NOT NULL
);
ALTER TABLE conversation_keys ADD CONSTRAINT conversation_keys_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE conversation_keys ADD CONSTRAINT conversation_keys_pkey PRIMARY KEY (entry_point_id, kind, value);
CREATE INDEX conversation_keys_conversation ON conversation_keys USING btree (conversation_id);
CREATE TABLE conversations (
	id text NOT NULL,
	entry_point_id text NOT NULL,
	channel text NOT NULL,
	customer_id text NOT NULL,
	token_hash text NOT NULL,
	token_until bigint NOT NULL,
	last_seq bigint NOT NULL,
	delivered_seq bigint NOT NULL,
	read_seq bigint NOT NULL,
	name text NOT NULL,
	email text NOT NULL,
	phone text NOT NULL,
	account_number text NOT NULL,
	case_number text NOT NULL,
	question text NOT NULL,
	language text NOT NULL,
	zone_offset integer NOT NULL,
	ip text NOT NULL,
	user_agent text NOT NULL,
	page text NOT NULL,
	client_id text NOT NULL,
	created_at bigint NOT NULL,
	address text NOT NULL,
	window_until bigint NOT NULL,
	handle text NOT NULL,
	variables text NOT NULL
);
ALTER TABLE conversations ADD CONSTRAINT conversations_entry_point_id_fkey FOREIGN KEY (entry_point_id) REFERENCES entry_points(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE conversations ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX conversations_client ON conversations USING btree (client_id, entry_point_id);
CREATE INDEX conversations_customer ON conversations USING btree (customer_id, created_at) WHERE (customer_id <> ''::text);
CREATE INDEX conversations_email ON conversations USING btree (email, created_at) WHERE (email <> ''::text);
CREATE UNIQUE INDEX conversations_token ON conversations USING btree (token_hash);
CREATE TABLE crm_connections (
	id text NOT NULL,
	kind text NOT NULL,
	name text NOT NULL,
	settings text NOT NULL,
	objects text NOT NULL,
	sealed text NOT NULL,
	paused text NOT NULL,
	created_at bigint NOT NULL,
	removed_at bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE crm_connections ADD CONSTRAINT crm_connections_pkey PRIMARY KEY (id);
CREATE TABLE crm_logs (
	id text NOT NULL,
	connection_id text NOT NULL,
	interaction_id text NOT NULL,
	state text NOT NULL,
	regarding_object text NOT NULL,
	regarding_id text NOT NULL,
	ref_object text NOT NULL,
	ref_id text NOT NULL,
	error text NOT NULL,
	detail text NOT NULL,
	attempt bigint NOT NULL,
	tried_at bigint NOT NULL,
	posted_at bigint NOT NULL,
	created_at bigint NOT NULL,
	rev bigint NOT NULL,
	owner_id text NOT NULL
);
ALTER TABLE crm_logs ADD CONSTRAINT crm_logs_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES crm_connections(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE crm_logs ADD CONSTRAINT crm_logs_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE crm_logs ADD CONSTRAINT crm_logs_pkey PRIMARY KEY (id);
ALTER TABLE crm_logs ADD CONSTRAINT crm_logs_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'posted'::text, 'failed'::text])));
CREATE UNIQUE INDEX crm_logs_of ON crm_logs USING btree (interaction_id, connection_id);
CREATE INDEX crm_logs_state ON crm_logs USING btree (connection_id, state, created_at, id);
CREATE TABLE crm_matches (
	interaction_id text NOT NULL,
	connection_id text NOT NULL,
	state text NOT NULL,
	records text NOT NULL,
	chosen_object text NOT NULL,
	chosen_id text NOT NULL,
	chosen_by text NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE crm_matches ADD CONSTRAINT crm_matches_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES crm_connections(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE crm_matches ADD CONSTRAINT crm_matches_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE crm_matches ADD CONSTRAINT crm_matches_pkey PRIMARY KEY (interaction_id, connection_id);
ALTER TABLE crm_matches ADD CONSTRAINT crm_matches_state_check CHECK ((state = ANY (ARRAY['searching'::text, 'found'::text, 'unavailable'::text])));
CREATE TABLE customer_emails (
	email text NOT NULL,
	customer_id text NOT NULL,
	sort_order integer NOT NULL
);
ALTER TABLE customer_emails ADD CONSTRAINT customer_emails_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE customer_emails ADD CONSTRAINT customer_emails_pkey PRIMARY KEY (email);
CREATE INDEX customer_emails_customer ON customer_emails USING btree (customer_id);
CREATE TABLE customer_keys (
	kind text NOT NULL,
	scope text NOT NULL,
	value text NOT NULL,
	customer_id text NOT NULL,
	handle text NOT NULL,
	former boolean NOT NULL
);
ALTER TABLE customer_keys ADD CONSTRAINT customer_keys_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE customer_keys ADD CONSTRAINT customer_keys_pkey PRIMARY KEY (kind, scope, value);
CREATE INDEX customer_keys_customer ON customer_keys USING btree (customer_id);
CREATE TABLE customer_phones (
	customer_id text NOT NULL,
	digits text NOT NULL,
	shown text NOT NULL,
	sort_order integer NOT NULL
);
ALTER TABLE customer_phones ADD CONSTRAINT customer_phones_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE customer_phones ADD CONSTRAINT customer_phones_pkey PRIMARY KEY (customer_id, digits);
CREATE INDEX customer_phones_digits ON customer_phones USING btree (digits, customer_id);
CREATE TABLE customer_texts (
	n bigint NOT NULL,
	customer_id text NOT NULL,
	body text NOT NULL
);
ALTER TABLE customer_texts ADD CONSTRAINT customer_texts_pkey PRIMARY KEY (n);
CREATE UNIQUE INDEX customer_texts_customer ON customer_texts USING btree (customer_id);
CREATE INDEX customer_texts_grams ON customer_texts USING gin (translate(body, '@.-_+'::text, 'qqqqq'::text) gin_trgm_ops, (ARRAY[(((n >> 12) * 64) + 12), (((n >> 14) * 64) + 14), (((n >> 16) * 64) + 16), (((n >> 18) * 64) + 18), (((n >> 20) * 64) + 20), (((n >> 22) * 64) + 22)])) WITH (gin_pending_list_limit='256');
CREATE TABLE customers (
	id text NOT NULL,
	account_number text NOT NULL,
	first_name text NOT NULL,
	last_name text NOT NULL,
	folded text NOT NULL,
	folded_last text NOT NULL,
	draft boolean NOT NULL,
	created_by text NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	rev bigint NOT NULL,
	language text NOT NULL,
	zone text NOT NULL,
	notes text NOT NULL,
	home text NOT NULL,
	other text NOT NULL
);
ALTER TABLE customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX customers_account ON customers USING btree (account_number);
CREATE INDEX customers_created ON customers USING btree (created_at, id);
CREATE INDEX customers_last ON customers USING btree (folded_last, id);
CREATE INDEX customers_name ON customers USING btree (folded, id);
CREATE TABLE disposition_lists (
	id text NOT NULL,
	name text NOT NULL,
	name_fr text NOT NULL,
	required boolean NOT NULL,
	multiple boolean NOT NULL,
	queues text NOT NULL,
	groups text NOT NULL,
	removed boolean NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE disposition_lists ADD CONSTRAINT disposition_lists_pkey PRIMARY KEY (id);
CREATE TABLE dispositions (
	id text NOT NULL,
	list_id text NOT NULL,
	name text NOT NULL,
	name_fr text NOT NULL,
	short text NOT NULL,
	report text NOT NULL,
	active boolean NOT NULL,
	sort_order integer NOT NULL
);
ALTER TABLE dispositions ADD CONSTRAINT dispositions_list_id_fkey FOREIGN KEY (list_id) REFERENCES disposition_lists(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE dispositions ADD CONSTRAINT dispositions_pkey PRIMARY KEY (id);
CREATE INDEX dispositions_list ON dispositions USING btree (list_id, sort_order);
CREATE TABLE drafts (
	interaction_id text NOT NULL,
	agent_id text NOT NULL,
	text text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE drafts ADD CONSTRAINT drafts_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE drafts ADD CONSTRAINT drafts_pkey PRIMARY KEY (interaction_id, agent_id);
CREATE TABLE early_statuses (
	external_id text NOT NULL,
	entry_point_id text NOT NULL,
	state text NOT NULL,
	code text NOT NULL,
	detail text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE early_statuses ADD CONSTRAINT early_statuses_pkey PRIMARY KEY (external_id, entry_point_id, state);
CREATE INDEX early_statuses_at ON early_statuses USING btree (at);
CREATE TABLE entries (
	n bigint NOT NULL,
	at bigint NOT NULL,
	kind text NOT NULL,
	conversation_id text NOT NULL,
	interaction_id text NOT NULL,
	message_id text NOT NULL,
	agent_id text NOT NULL,
	subject_id text NOT NULL,
	data text NOT NULL
);
ALTER TABLE entries ADD CONSTRAINT entries_pkey PRIMARY KEY (n);
CREATE INDEX entries_offers ON entries USING btree (interaction_id, n) WHERE (kind = 'offer_made'::text);
CREATE TRIGGER entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TABLE entry_points (
	id text NOT NULL,
	channel text NOT NULL,
	name text NOT NULL,
	enabled boolean NOT NULL,
	queue_id text NOT NULL,
	allowed_origins text NOT NULL,
	script text NOT NULL,
	rev bigint NOT NULL,
	provider text NOT NULL,
	address text NOT NULL,
	settings text NOT NULL,
	sealed text NOT NULL,
	paused text NOT NULL,
	script_id text NOT NULL
);
ALTER TABLE entry_points ADD CONSTRAINT entry_points_pkey PRIMARY KEY (id);
ALTER TABLE entry_points ADD CONSTRAINT entry_points_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id) DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX entry_points_address ON entry_points USING btree (provider, address) WHERE (address <> ''::text);
CREATE TABLE erasures (
	id text NOT NULL,
	customer_id text NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL,
	done_at bigint NOT NULL,
	receipt text NOT NULL
);
ALTER TABLE erasures ADD CONSTRAINT erasures_pkey PRIMARY KEY (id);
CREATE INDEX erasures_customer ON erasures USING btree (customer_id);
CREATE INDEX erasures_open ON erasures USING btree (at) WHERE (done_at = 0);
CREATE TABLE external_ids (
	external_id text NOT NULL,
	entry_point_id text NOT NULL,
	direction text NOT NULL,
	message_id text NOT NULL,
	part integer NOT NULL,
	state text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE external_ids ADD CONSTRAINT external_ids_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])));
ALTER TABLE external_ids ADD CONSTRAINT external_ids_pkey PRIMARY KEY (external_id, entry_point_id, direction);
CREATE INDEX external_ids_message ON external_ids USING btree (message_id, part) WHERE (message_id <> ''::text);
CREATE TABLE faq_categories (
	id text NOT NULL,
	name text NOT NULL,
	name_fr text NOT NULL,
	sort_order integer NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE faq_categories ADD CONSTRAINT faq_categories_pkey PRIMARY KEY (id);
CREATE TABLE faq_images (
	sha256 text NOT NULL,
	type text NOT NULL,
	size bigint NOT NULL,
	width bigint NOT NULL,
	height bigint NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE faq_images ADD CONSTRAINT faq_images_pkey PRIMARY KEY (sha256);
CREATE TABLE faq_versions (
	faq_id text NOT NULL,
	version bigint NOT NULL,
	texts text NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE faq_versions ADD CONSTRAINT faq_versions_faq_id_fkey FOREIGN KEY (faq_id) REFERENCES faqs(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE faq_versions ADD CONSTRAINT faq_versions_pkey PRIMARY KEY (faq_id, version);
CREATE TABLE faqs (
	id text NOT NULL,
	category_id text NOT NULL,
	active boolean NOT NULL,
	uses bigint NOT NULL,
	rev bigint NOT NULL,
	draft text NOT NULL,
	texts text NOT NULL,
	published bigint NOT NULL
);
ALTER TABLE faqs ADD CONSTRAINT faqs_category_id_fkey FOREIGN KEY (category_id) REFERENCES faq_categories(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE faqs ADD CONSTRAINT faqs_pkey PRIMARY KEY (id);
CREATE INDEX faqs_category ON faqs USING btree (category_id);
CREATE TABLE field_values (
	record_id text NOT NULL,
	field_id text NOT NULL,
	value text NOT NULL
);
ALTER TABLE field_values ADD CONSTRAINT field_values_field_id_fkey FOREIGN KEY (field_id) REFERENCES fields(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE field_values ADD CONSTRAINT field_values_pkey PRIMARY KEY (record_id, field_id);
CREATE INDEX field_values_value ON field_values USING btree (field_id, value, record_id);
CREATE TABLE fields (
	id text NOT NULL,
	object text NOT NULL,
	name text NOT NULL,
	label text NOT NULL,
	label_fr text NOT NULL,
	type text NOT NULL,
	value text NOT NULL,
	length bigint NOT NULL,
	options text NOT NULL,
	predefined boolean NOT NULL,
	active boolean NOT NULL,
	sort_order bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE fields ADD CONSTRAINT fields_object_check CHECK ((object = ANY (ARRAY['customer'::text, 'case'::text])));
ALTER TABLE fields ADD CONSTRAINT fields_pkey PRIMARY KEY (id);
ALTER TABLE fields ADD CONSTRAINT fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'url'::text, 'number'::text, 'date'::text, 'pick_list'::text])));
CREATE UNIQUE INDEX fields_name ON fields USING btree (object, name);
CREATE TABLE groups (
	id text NOT NULL,
	name text NOT NULL,
	preset text NOT NULL,
	is_default boolean NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE groups ADD CONSTRAINT groups_pkey PRIMARY KEY (id);
ALTER TABLE groups ADD CONSTRAINT groups_preset_check CHECK ((preset = ANY (ARRAY['workspace'::text, 'console'::text])));
CREATE UNIQUE INDEX groups_name ON groups USING btree (name);
CREATE TABLE identities (
	issuer text NOT NULL,
	subject text NOT NULL,
	agent_id text NOT NULL,
	name text NOT NULL,
	created_at bigint NOT NULL
);
ALTER TABLE identities ADD CONSTRAINT identities_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE identities ADD CONSTRAINT identities_pkey PRIMARY KEY (issuer, subject);
CREATE INDEX identities_agent ON identities USING btree (agent_id);
CREATE TABLE import_rows (
	import_id text NOT NULL,
	line bigint NOT NULL,
	customer_id text NOT NULL
);
ALTER TABLE import_rows ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line);
CREATE TABLE indexed (
	kind text NOT NULL,
	last text NOT NULL,
	done boolean NOT NULL
);
ALTER TABLE indexed ADD CONSTRAINT indexed_pkey PRIMARY KEY (kind);
CREATE TABLE interaction_dispositions (
	interaction_id text NOT NULL,
	disposition_id text NOT NULL
);
ALTER TABLE interaction_dispositions ADD CONSTRAINT interaction_dispositions_disposition_id_fkey FOREIGN KEY (disposition_id) REFERENCES dispositions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE interaction_dispositions ADD CONSTRAINT interaction_dispositions_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE interaction_dispositions ADD CONSTRAINT interaction_dispositions_pkey PRIMARY KEY (interaction_id, disposition_id);
CREATE TABLE interactions (
	id text NOT NULL,
	number bigint NOT NULL,
	conversation_id text NOT NULL,
	journey_id text NOT NULL,
	origin_id text NOT NULL,
	from_agent_id text NOT NULL,
	to_agent_id text NOT NULL,
	pending_id text NOT NULL,
	queue_id text NOT NULL,
	agent_id text NOT NULL,
	state text NOT NULL,
	priority integer NOT NULL,
	required text NOT NULL,
	web boolean NOT NULL,
	addressed boolean NOT NULL,
	queue_grace_ms bigint NOT NULL,
	customer_grace_ms bigint NOT NULL,
	prefer_id text NOT NULL,
	prefer_until bigint NOT NULL,
	attempts integer NOT NULL,
	round integer NOT NULL,
	away boolean NOT NULL,
	away_until bigint NOT NULL,
	created_at bigint NOT NULL,
	entry_at bigint NOT NULL,
	queue_until bigint NOT NULL,
	accepted_at bigint NOT NULL,
	ended_at bigint NOT NULL,
	ended_by text NOT NULL,
	end_why text NOT NULL,
	wrapup_from bigint NOT NULL,
	wrapup_until bigint NOT NULL,
	code_required boolean NOT NULL,
	complete boolean NOT NULL,
	overdue boolean NOT NULL,
	await_ack boolean NOT NULL,
	unviewed boolean NOT NULL,
	code_missing boolean NOT NULL,
	closed_at bigint NOT NULL,
	first_seq bigint NOT NULL,
	last_seq bigint NOT NULL,
	case_id text NOT NULL,
	transcript_hash text NOT NULL,
	matched text NOT NULL,
	rev bigint NOT NULL,
	scripted boolean NOT NULL,
	answer_until bigint NOT NULL,
	message_every_ms bigint NOT NULL,
	messages_left bigint NOT NULL,
	message_at bigint NOT NULL,
	park_until bigint NOT NULL,
	park_open boolean NOT NULL,
	park_prefer_ms bigint NOT NULL,
	inactive_warn_ms bigint NOT NULL,
	inactive_close_ms bigint NOT NULL,
	last_word_at bigint NOT NULL,
	inactive_warned boolean NOT NULL,
	window_until bigint NOT NULL,
	window_warn_ms bigint NOT NULL,
	window_warned boolean NOT NULL,
	channel text NOT NULL
);
ALTER TABLE interactions ADD CONSTRAINT interactions_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE interactions ADD CONSTRAINT interactions_pkey PRIMARY KEY (id);
ALTER TABLE interactions ADD CONSTRAINT interactions_state_check CHECK ((state = ANY (ARRAY['created'::text, 'queued'::text, 'offered'::text, 'active'::text, 'parked'::text, 'wrapup'::text, 'logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text])));
CREATE INDEX interactions_agent ON interactions USING btree (agent_id, created_at, number) WHERE (agent_id <> ''::text);
CREATE INDEX interactions_agent_queue ON interactions USING btree (((agent_id || queue_id)), created_at, number) WHERE (agent_id <> ''::text);
CREATE INDEX interactions_channel ON interactions USING btree (channel, created_at, number) WHERE (state = ANY (ARRAY['logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_channel_agent ON interactions USING btree (((channel || agent_id)), created_at, number) WHERE ((agent_id <> ''::text) AND (state = ANY (ARRAY['logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text])));
CREATE INDEX interactions_channel_agent_queue ON interactions USING btree ((((channel || agent_id) || queue_id)), created_at, number) WHERE ((agent_id <> ''::text) AND (state = ANY (ARRAY['logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text])));
CREATE INDEX interactions_channel_queue ON interactions USING btree (((channel || queue_id)), created_at, number) WHERE (state = ANY (ARRAY['logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_channel_queue_unserved ON interactions USING btree ((((channel || queue_id) || state)), created_at, number) WHERE (state = ANY (ARRAY['abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_channel_unserved ON interactions USING btree (((channel || state)), created_at, number) WHERE (state = ANY (ARRAY['abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_conversation ON interactions USING btree (conversation_id, number);
CREATE INDEX interactions_created ON interactions USING btree (((created_at + 0)), number);
CREATE INDEX interactions_held ON interactions USING btree (agent_id, number) WHERE ((agent_id <> ''::text) AND ((state = ANY (ARRAY['active'::text, 'parked'::text, 'wrapup'::text])) OR unviewed));
CREATE INDEX interactions_live ON interactions USING btree (number) WHERE ((closed_at = 0) OR unviewed);
CREATE UNIQUE INDEX interactions_number ON interactions USING btree (number);
CREATE INDEX interactions_queue ON interactions USING btree (queue_id, created_at, number);
CREATE INDEX interactions_state ON interactions USING btree (state, created_at, number) WHERE (state = ANY (ARRAY['logged'::text, 'abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_unserved ON interactions USING btree (((queue_id || state)), created_at, number) WHERE (state = ANY (ARRAY['abandoned'::text, 'short_abandoned'::text, 'skipped'::text, 'offline'::text, 'queue_timeout'::text, 'diverted'::text, 'cancelled'::text]));
CREATE INDEX interactions_unserved_agent ON interactions USING btree (agent_id, created_at, number) WHERE ((agent_id <> ''::text) AND (state <> ALL (ARRAY['created'::text, 'queued'::text, 'offered'::text, 'active'::text, 'parked'::text, 'wrapup'::text, 'logged'::text])));
CREATE UNIQUE INDEX one_open ON interactions USING btree (conversation_id) WHERE ((ended_at = 0) AND (closed_at = 0) AND (NOT addressed));
CREATE TRIGGER interactions_channel_insert BEFORE INSERT ON interactions FOR EACH ROW WHEN ((new.channel = ''::text)) EXECUTE FUNCTION channel_of_interaction();
CREATE TABLE lease (
	id integer NOT NULL,
	owner text NOT NULL,
	epoch bigint NOT NULL,
	expires_at bigint NOT NULL,
	head bigint NOT NULL,
	batch bigint NOT NULL
);
ALTER TABLE lease ADD CONSTRAINT lease_id_check CHECK ((id = 1));
ALTER TABLE lease ADD CONSTRAINT lease_pkey PRIMARY KEY (id);
CREATE TABLE letters (
	id text NOT NULL,
	kind text NOT NULL,
	case_id text NOT NULL,
	interaction_id text NOT NULL,
	customer_id text NOT NULL,
	email text NOT NULL,
	subject text NOT NULL,
	text text NOT NULL,
	state text NOT NULL,
	agent_id text NOT NULL,
	created_at bigint NOT NULL,
	settled_at bigint NOT NULL
);
ALTER TABLE letters ADD CONSTRAINT letters_kind_check CHECK ((kind = ANY (ARRAY['transcript'::text, 'case'::text, 'follow_up'::text])));
ALTER TABLE letters ADD CONSTRAINT letters_pkey PRIMARY KEY (id);
ALTER TABLE letters ADD CONSTRAINT letters_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])));
CREATE INDEX letters_case ON letters USING btree (case_id, created_at) WHERE (case_id <> ''::text);
CREATE INDEX letters_customer ON letters USING btree (customer_id);
CREATE INDEX letters_interaction ON letters USING btree (interaction_id) WHERE (interaction_id <> ''::text);
CREATE TABLE memberships (
	agent_id text NOT NULL,
	queue_id text NOT NULL,
	level integer NOT NULL,
	assigned boolean NOT NULL,
	enabled boolean NOT NULL
);
ALTER TABLE memberships ADD CONSTRAINT memberships_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE memberships ADD CONSTRAINT memberships_level_check CHECK ((((level >= 10) AND (level <= 100)) AND ((level % 10) = 0)));
ALTER TABLE memberships ADD CONSTRAINT memberships_pkey PRIMARY KEY (agent_id, queue_id);
ALTER TABLE memberships ADD CONSTRAINT memberships_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX memberships_queue ON memberships USING btree (queue_id);
CREATE TABLE merges (
	id text NOT NULL,
	survivor_id text NOT NULL,
	gone_id text NOT NULL,
	rev bigint NOT NULL,
	kept text NOT NULL,
	moved text NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL,
	undone_by text NOT NULL,
	undone_at bigint NOT NULL
);
ALTER TABLE merges ADD CONSTRAINT merges_pkey PRIMARY KEY (id);
CREATE INDEX merges_gone ON merges USING btree (gone_id, at);
CREATE INDEX merges_survivor ON merges USING btree (survivor_id, at);
CREATE TABLE messages (
	id text NOT NULL,
	conversation_id text NOT NULL,
	seq bigint NOT NULL,
	interaction_id text NOT NULL,
	sender text NOT NULL,
	agent_id text NOT NULL,
	client_id text NOT NULL,
	text text NOT NULL,
	hash text NOT NULL,
	at bigint NOT NULL,
	content text NOT NULL,
	delivery text NOT NULL
);
ALTER TABLE messages ADD CONSTRAINT messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE messages ADD CONSTRAINT messages_pkey PRIMARY KEY (id);
ALTER TABLE messages ADD CONSTRAINT messages_sender_check CHECK ((sender = ANY (ARRAY['customer'::text, 'agent'::text, 'system'::text])));
CREATE UNIQUE INDEX messages_client ON messages USING btree (conversation_id, client_id);
CREATE UNIQUE INDEX messages_seq ON messages USING btree (conversation_id, seq);
CREATE TABLE missed (
	id text NOT NULL,
	kind text NOT NULL,
	conversation_id text NOT NULL,
	interaction_id text NOT NULL,
	entry_point_id text NOT NULL,
	queue_id text NOT NULL,
	client_id text NOT NULL,
	name text NOT NULL,
	email text NOT NULL,
	text text NOT NULL,
	state text NOT NULL,
	owner_id text NOT NULL,
	created_at bigint NOT NULL,
	rev bigint NOT NULL,
	consent text NOT NULL,
	consent_at bigint NOT NULL
);
ALTER TABLE missed ADD CONSTRAINT missed_kind_check CHECK ((kind = ANY (ARRAY['offline_form'::text, 'skipped'::text, 'abandoned'::text, 'queue_timeout'::text])));
ALTER TABLE missed ADD CONSTRAINT missed_pkey PRIMARY KEY (id);
ALTER TABLE missed ADD CONSTRAINT missed_state_check CHECK ((state = ANY (ARRAY['new'::text, 'taken'::text, 'replied'::text, 'done'::text])));
CREATE UNIQUE INDEX missed_client ON missed USING btree (client_id) WHERE (client_id <> ''::text);
CREATE INDEX missed_created ON missed USING btree (((created_at + 0)), id);
CREATE UNIQUE INDEX missed_interaction ON missed USING btree (interaction_id) WHERE (interaction_id <> ''::text);
CREATE INDEX missed_kind ON missed USING btree (kind, created_at, id);
CREATE INDEX missed_state ON missed USING btree (state, created_at, id);
CREATE INDEX missed_state_kind ON missed USING btree (((state || kind)), created_at, id);
CREATE TABLE missed_replies (
	id text NOT NULL,
	missed_id text NOT NULL,
	agent_id text NOT NULL,
	text text NOT NULL,
	state text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE missed_replies ADD CONSTRAINT missed_replies_missed_id_fkey FOREIGN KEY (missed_id) REFERENCES missed(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE missed_replies ADD CONSTRAINT missed_replies_pkey PRIMARY KEY (id);
ALTER TABLE missed_replies ADD CONSTRAINT missed_replies_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text])));
CREATE INDEX missed_replies_missed ON missed_replies USING btree (missed_id, at);
CREATE TABLE notes (
	id text NOT NULL,
	interaction_id text NOT NULL,
	agent_id text NOT NULL,
	client_id text NOT NULL,
	text text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE notes ADD CONSTRAINT notes_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX notes_client ON notes USING btree (client_id, interaction_id);
CREATE INDEX notes_interaction ON notes USING btree (interaction_id, at);
CREATE TABLE offers (
	interaction_id text NOT NULL,
	attempt integer NOT NULL,
	agent_id text NOT NULL,
	queue_id text NOT NULL,
	round integer NOT NULL,
	state text NOT NULL,
	made_at bigint NOT NULL,
	until bigint NOT NULL,
	ended_at bigint NOT NULL,
	why text NOT NULL
);
ALTER TABLE offers ADD CONSTRAINT offers_interaction_id_fkey FOREIGN KEY (interaction_id) REFERENCES interactions(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE offers ADD CONSTRAINT offers_pkey PRIMARY KEY (interaction_id, attempt);
ALTER TABLE offers ADD CONSTRAINT offers_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'timed_out'::text, 'withdrawn'::text, 'abandoned'::text])));
CREATE INDEX offers_agent ON offers USING btree (agent_id, made_at, interaction_id);
CREATE INDEX offers_agent_queue ON offers USING btree (((agent_id || queue_id)), made_at, interaction_id);
CREATE INDEX offers_made ON offers USING btree (((made_at + 0)), interaction_id);
CREATE INDEX offers_queue ON offers USING btree (queue_id, made_at, interaction_id);
CREATE INDEX offers_ringing ON offers USING btree (agent_id) WHERE (state = 'pending'::text);
CREATE UNIQUE INDEX one_pending_offer ON offers USING btree (interaction_id) WHERE (state = 'pending'::text);
CREATE TABLE opt_outs (
	entry_point_id text NOT NULL,
	value text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE opt_outs ADD CONSTRAINT opt_outs_pkey PRIMARY KEY (entry_point_id, value);
CREATE TABLE outbox (
	id text NOT NULL,
	position bigint NOT NULL,
	kind text NOT NULL,
	subject_id text NOT NULL,
	data text NOT NULL,
	state text NOT NULL,
	run_at bigint NOT NULL,
	attempt integer NOT NULL,
	error text NOT NULL,
	created_at bigint NOT NULL,
	behind boolean NOT NULL
);
ALTER TABLE outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'done'::text, 'dead'::text])));
CREATE UNIQUE INDEX outbox_position ON outbox USING btree ("position");
CREATE INDEX outbox_ready ON outbox USING btree (kind, run_at, "position") WHERE ((state = 'ready'::text) AND (NOT behind));
CREATE INDEX outbox_subject ON outbox USING btree (subject_id, kind, "position") WHERE (state = 'ready'::text);
CREATE TABLE presence (
	agent_id text NOT NULL,
	ever_logged_in boolean NOT NULL,
	base text NOT NULL,
	sub text NOT NULL,
	next text NOT NULL,
	next_by_miss boolean NOT NULL,
	conn text NOT NULL,
	since bigint NOT NULL,
	reason text NOT NULL,
	code text NOT NULL,
	by_id text NOT NULL,
	idle_since bigint NOT NULL,
	return_at bigint NOT NULL,
	grace_until bigint NOT NULL,
	offer_until bigint NOT NULL
);
ALTER TABLE presence ADD CONSTRAINT presence_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE presence ADD CONSTRAINT presence_base_check CHECK ((base = ANY (ARRAY['available'::text, 'on_break'::text, 'work_offline'::text, 'logged_out'::text])));
ALTER TABLE presence ADD CONSTRAINT presence_conn_check CHECK ((conn = ANY (ARRAY['up'::text, 'grace'::text, 'down'::text])));
ALTER TABLE presence ADD CONSTRAINT presence_pkey PRIMARY KEY (agent_id);
ALTER TABLE presence ADD CONSTRAINT presence_sub_check CHECK ((sub = ANY (ARRAY['none'::text, 'stopnew'::text])));
CREATE TABLE queue_skills (
	queue_id text NOT NULL,
	skill_id text NOT NULL,
	level integer NOT NULL
);
ALTER TABLE queue_skills ADD CONSTRAINT queue_skills_level_check CHECK ((((level >= 10) AND (level <= 100)) AND ((level % 10) = 0)));
ALTER TABLE queue_skills ADD CONSTRAINT queue_skills_pkey PRIMARY KEY (queue_id, skill_id);
ALTER TABLE queue_skills ADD CONSTRAINT queue_skills_queue_id_fkey FOREIGN KEY (queue_id) REFERENCES queues(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE queue_skills ADD CONSTRAINT queue_skills_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES skills(id) DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE queues (
	id text NOT NULL,
	name text NOT NULL,
	description text NOT NULL,
	enabled boolean NOT NULL,
	priority integer NOT NULL,
	language text NOT NULL,
	policy text NOT NULL,
	accept_ms bigint NOT NULL,
	wrapup_ms bigint NOT NULL,
	max_wait_ms bigint NOT NULL,
	max_size integer NOT NULL,
	on_max_wait text NOT NULL,
	on_full text NOT NULL,
	no_agents text NOT NULL,
	on_close text NOT NULL,
	overflow_id text NOT NULL,
	sla_percent integer NOT NULL,
	sla_ms bigint NOT NULL,
	reply_target_ms bigint NOT NULL,
	wait_text text NOT NULL,
	wait_text_fr text NOT NULL,
	removed boolean NOT NULL,
	last_offer_at bigint NOT NULL,
	last_offer_seq bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE queues ADD CONSTRAINT queues_accept_ms_check CHECK (((accept_ms >= 5000) AND (accept_ms <= 600000)));
ALTER TABLE queues ADD CONSTRAINT queues_max_size_check CHECK ((max_size >= 0));
ALTER TABLE queues ADD CONSTRAINT queues_max_wait_ms_check CHECK ((max_wait_ms >= 0));
ALTER TABLE queues ADD CONSTRAINT queues_pkey PRIMARY KEY (id);
ALTER TABLE queues ADD CONSTRAINT queues_policy_check CHECK ((policy = ANY (ARRAY['skill_then_load_then_idle'::text, 'skill_then_idle'::text])));
ALTER TABLE queues ADD CONSTRAINT queues_priority_check CHECK (((priority >= 1) AND (priority <= 10)));
ALTER TABLE queues ADD CONSTRAINT queues_wrapup_ms_check CHECK ((wrapup_ms >= 0));
CREATE UNIQUE INDEX queues_name ON queues USING btree (name) WHERE (NOT removed);
CREATE TABLE raw_events (
	id text NOT NULL,
	entry_point_id text NOT NULL,
	at bigint NOT NULL,
	body text NOT NULL,
	odd text NOT NULL
);
ALTER TABLE raw_events ADD CONSTRAINT raw_events_pkey PRIMARY KEY (id);
CREATE INDEX raw_events_at ON raw_events USING btree (at, id);
CREATE INDEX raw_events_odd ON raw_events USING btree (entry_point_id, at, id) WHERE (odd <> ''::text);
CREATE TABLE record_changes (
	record_id text NOT NULL,
	rev bigint NOT NULL,
	field text NOT NULL,
	before text NOT NULL,
	after text NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE record_changes ADD CONSTRAINT record_changes_pkey PRIMARY KEY (record_id, rev, field);
CREATE TABLE retired_customers (
	id text NOT NULL,
	why text NOT NULL,
	survivor text NOT NULL,
	first_name text NOT NULL,
	last_name text NOT NULL,
	kept text NOT NULL,
	by_id text NOT NULL,
	at bigint NOT NULL,
	until bigint NOT NULL
);
ALTER TABLE retired_customers ADD CONSTRAINT retired_customers_pkey PRIMARY KEY (id);
ALTER TABLE retired_customers ADD CONSTRAINT retired_customers_why_check CHECK ((why = ANY (ARRAY['deleted'::text, 'merged'::text, 'erased'::text])));
CREATE INDEX retired_customers_at ON retired_customers USING btree (why, at, id);
CREATE INDEX retired_customers_survivor ON retired_customers USING btree (survivor) WHERE (survivor <> ''::text);
CREATE INDEX retired_customers_until ON retired_customers USING btree (until) WHERE (until > 0);
CREATE TABLE router_states (
	n bigint NOT NULL,
	state text NOT NULL
);
ALTER TABLE router_states ADD CONSTRAINT router_states_pkey PRIMARY KEY (n);
CREATE TABLE routing_config (
	kind text NOT NULL,
	id text NOT NULL,
	config text NOT NULL
);
ALTER TABLE routing_config ADD CONSTRAINT routing_config_kind_check CHECK ((kind = ANY (ARRAY['agent'::text, 'queue'::text, 'settings'::text])));
ALTER TABLE routing_config ADD CONSTRAINT routing_config_pkey PRIMARY KEY (kind, id);
CREATE TABLE routing_counters (
	id integer NOT NULL,
	config bigint NOT NULL,
	number bigint NOT NULL,
	offers bigint NOT NULL
);
ALTER TABLE routing_counters ADD CONSTRAINT routing_counters_id_check CHECK ((id = 1));
ALTER TABLE routing_counters ADD CONSTRAINT routing_counters_pkey PRIMARY KEY (id);
CREATE TABLE saved_lists (
	id text NOT NULL,
	list text NOT NULL,
	name text NOT NULL,
	query text NOT NULL,
	columns text NOT NULL,
	agent_id text NOT NULL,
	shared boolean NOT NULL,
	created_at bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE saved_lists ADD CONSTRAINT saved_lists_pkey PRIMARY KEY (id);
CREATE INDEX saved_lists_agent ON saved_lists USING btree (agent_id, list);
CREATE INDEX saved_lists_shared ON saved_lists USING btree (list) WHERE shared;
CREATE TABLE script_runs (
	journey_id text NOT NULL,
	script_id text NOT NULL,
	version integer NOT NULL,
	object text NOT NULL,
	data text NOT NULL
);
ALTER TABLE script_runs ADD CONSTRAINT script_runs_pkey PRIMARY KEY (journey_id);
CREATE TABLE script_versions (
	script_id text NOT NULL,
	version integer NOT NULL,
	flow text NOT NULL,
	by_id text NOT NULL,
	why text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE script_versions ADD CONSTRAINT script_versions_pkey PRIMARY KEY (script_id, version);
ALTER TABLE script_versions ADD CONSTRAINT script_versions_script_id_fkey FOREIGN KEY (script_id) REFERENCES scripts(id);
CREATE TABLE scripts (
	id text NOT NULL,
	name text NOT NULL,
	kind text NOT NULL,
	draft text NOT NULL,
	published integer NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE scripts ADD CONSTRAINT scripts_pkey PRIMARY KEY (id);
CREATE TABLE sessions (
	token_hash text NOT NULL,
	id text NOT NULL,
	agent_id text NOT NULL,
	created_at bigint NOT NULL,
	seen_at bigint NOT NULL,
	expires_at bigint NOT NULL,
	ended_at bigint NOT NULL,
	end_why text NOT NULL,
	ip text NOT NULL,
	user_agent text NOT NULL,
	surface text NOT NULL
);
ALTER TABLE sessions ADD CONSTRAINT sessions_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agents(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);
CREATE INDEX sessions_agent ON sessions USING btree (agent_id) WHERE (ended_at = 0);
CREATE UNIQUE INDEX sessions_id ON sessions USING btree (id);
CREATE TABLE settings (
	scope text NOT NULL,
	scope_id text NOT NULL,
	key text NOT NULL,
	value text NOT NULL
);
ALTER TABLE settings ADD CONSTRAINT settings_pkey PRIMARY KEY (scope, scope_id, key);
ALTER TABLE settings ADD CONSTRAINT settings_scope_check CHECK ((scope = ANY (ARRAY['agent'::text, 'group'::text, 'queue'::text, 'entry_point'::text, 'tenant'::text])));
CREATE TABLE setup_tokens (
	token_hash text NOT NULL,
	created_at bigint NOT NULL,
	used_at bigint NOT NULL
);
ALTER TABLE setup_tokens ADD CONSTRAINT setup_tokens_pkey PRIMARY KEY (token_hash);
CREATE TABLE shortcuts (
	agent_id text NOT NULL,
	letters boolean NOT NULL,
	keys text NOT NULL
);
ALTER TABLE shortcuts ADD CONSTRAINT shortcuts_pkey PRIMARY KEY (agent_id);
CREATE TABLE skills (
	id text NOT NULL,
	name text NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE skills ADD CONSTRAINT skills_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX skills_name ON skills USING btree (name);
CREATE TABLE sms_countries (
	country text NOT NULL,
	receive boolean NOT NULL,
	send boolean NOT NULL,
	price bigint NOT NULL
);
ALTER TABLE sms_countries ADD CONSTRAINT sms_countries_pkey PRIMARY KEY (country);
CREATE TABLE sms_spend (
	message_id text NOT NULL,
	entry_point_id text NOT NULL,
	country text NOT NULL,
	segments integer NOT NULL,
	price bigint NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE sms_spend ADD CONSTRAINT sms_spend_pkey PRIMARY KEY (message_id);
CREATE INDEX sms_spend_at ON sms_spend USING btree (at, country);
CREATE TABLE spellings (
	variant text NOT NULL,
	word text NOT NULL
);
ALTER TABLE spellings ADD CONSTRAINT spellings_pkey PRIMARY KEY (variant, word);
CREATE TABLE spoken_texts (
	n bigint NOT NULL,
	interaction_id text NOT NULL,
	body text NOT NULL
);
ALTER TABLE spoken_texts ADD CONSTRAINT spoken_texts_pkey PRIMARY KEY (n);
CREATE UNIQUE INDEX spoken_texts_interaction ON spoken_texts USING btree (interaction_id);
CREATE INDEX spoken_texts_words ON spoken_texts USING gin (to_tsvector('simple'::regconfig, ((((((body || ' parleyage14x'::text) || ((n >> 14))::text) || ' parleyage18x'::text) || ((n >> 18))::text) || ' parleyage22x'::text) || ((n >> 22))::text))) WITH (gin_pending_list_limit='256');
CREATE TABLE status_codes (
	id text NOT NULL,
	applies text NOT NULL,
	name text NOT NULL,
	name_fr text NOT NULL,
	short text NOT NULL,
	active boolean NOT NULL,
	sort_order integer NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE status_codes ADD CONSTRAINT status_codes_applies_check CHECK ((applies = ANY (ARRAY['on_break'::text, 'work_offline'::text, 'logged_out'::text, 'reject'::text])));
ALTER TABLE status_codes ADD CONSTRAINT status_codes_pkey PRIMARY KEY (id);
CREATE TABLE support_center (
	id bigint NOT NULL,
	page text NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE support_center ADD CONSTRAINT support_center_id_check CHECK ((id = 1));
ALTER TABLE support_center ADD CONSTRAINT support_center_pkey PRIMARY KEY (id);
CREATE TABLE tasks (
	id text NOT NULL,
	kind text NOT NULL,
	subject text NOT NULL,
	notes text NOT NULL,
	case_id text NOT NULL,
	customer_id text NOT NULL,
	owner_id text NOT NULL,
	due_at bigint NOT NULL,
	done_at bigint NOT NULL,
	created_by text NOT NULL,
	created_at bigint NOT NULL,
	updated_at bigint NOT NULL,
	rev bigint NOT NULL,
	removed_at bigint NOT NULL
);
ALTER TABLE tasks ADD CONSTRAINT tasks_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'email'::text, 'meeting'::text, 'chat'::text, 'other'::text])));
ALTER TABLE tasks ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);
CREATE INDEX tasks_all_done ON tasks USING btree (done_at, id) WHERE (done_at > 0);
CREATE INDEX tasks_case ON tasks USING btree (case_id, due_at, id) WHERE (case_id <> ''::text);
CREATE INDEX tasks_customer ON tasks USING btree (customer_id, due_at, id) WHERE (customer_id <> ''::text);
CREATE INDEX tasks_done ON tasks USING btree (owner_id, done_at, id) WHERE (done_at > 0);
CREATE INDEX tasks_due ON tasks USING btree (due_at, id) WHERE (done_at = 0);
CREATE INDEX tasks_mine ON tasks USING btree (owner_id, due_at, id) WHERE (done_at = 0);
CREATE INDEX tasks_removed ON tasks USING btree (removed_at) WHERE (removed_at > 0);
CREATE TABLE verified_emails (
	customer_id text NOT NULL,
	email text NOT NULL,
	agent_id text NOT NULL,
	at bigint NOT NULL
);
ALTER TABLE verified_emails ADD CONSTRAINT verified_emails_pkey PRIMARY KEY (customer_id, email);
CREATE TABLE webhook_events (
	id text NOT NULL,
	webhook_id text NOT NULL,
	type text NOT NULL,
	n bigint NOT NULL,
	conversation_id text NOT NULL,
	data text NOT NULL,
	state text NOT NULL,
	attempt bigint NOT NULL,
	status bigint NOT NULL,
	error text NOT NULL,
	created_at bigint NOT NULL,
	tried_at bigint NOT NULL
);
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_pkey PRIMARY KEY (id);
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'dropped'::text])));
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX webhook_events_of ON webhook_events USING btree (webhook_id, created_at, n, id);
CREATE INDEX webhook_events_old ON webhook_events USING btree (created_at) WHERE (state <> 'waiting'::text);
CREATE TABLE webhooks (
	id text NOT NULL,
	name text NOT NULL,
	url text NOT NULL,
	events text NOT NULL,
	enabled boolean NOT NULL,
	off_why text NOT NULL,
	sealed text NOT NULL,
	failing_since bigint NOT NULL,
	verified_at bigint NOT NULL,
	created_at bigint NOT NULL,
	rev bigint NOT NULL
);
ALTER TABLE webhooks ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);
