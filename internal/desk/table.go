package desk

import (
	"embed"
	"io/fs"

	"luoshi/internal/db"
)

//go:embed schema/*.sql
var files embed.FS

// Schema is the share of the database that the acts write.
func Schema() db.Schema {
	own, err := fs.Sub(files, "schema")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return db.Schema{Room: "desk", Files: own, Tables: tables}
}

// tables declares who may see each column: public ones once their record is released.
var tables = []db.Table{
	{Name: "city", Sharing: db.Distributed, Columns: db.Columns(db.Public, "name", "bureau", "phone", "address", "sample")},
	{Name: "unit", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public,
		"id", "parent_id", "level", "name", "code", "from_day", "to_day", "working_body", "public_phone"), db.Columns(db.Internal, "contact"))},
	{Name: "unit_past", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"unit_id", "from_day", "to_day", "parent_id", "level", "name", "code")},
	{Name: "unit_successor", Sharing: db.Distributed, Columns: db.Columns(db.Public, "unit_id", "successor_id", "from_day")},
	{Name: "unit_import", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "id", "file_hash", "file_name", "heads", "head_rows", "read_as", "under_id", "from_day",
		"closing", "as_written", "refused", "digest", "state", "counts", "done", "account_id", "post_id", "offered_day", "decided_day"), db.Columns(db.Personal, "sealed"))},
	{Name: "unit_import_part", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "import_id", "part"), db.Columns(db.Personal, "sealed"))},
	{Name: "post", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "unit_id", "title", "to_day"), db.Columns(db.Internal, "roles"))},
	{Name: "account", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Internal, "id", "post_id", "state"), db.Columns(db.Personal, "name", "sealed_name", "sealed_phone"))},
	{Name: "term", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "id", "account_id", "post_id", "kind", "from_day", "to_day")},
	{Name: "handover", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"id", "unit_id", "predecessor_id", "successor_id", "first_day", "closes", "finished", "done_at", "done_by", "moved")},
	{Name: "leading_group", Sharing: db.Distributed, Columns: db.Columns(db.Public, "id", "name", "office_id", "from_day", "to_day")},
	{Name: "leading_group_member", Sharing: db.Distributed, Columns: db.Columns(db.Public, "group_id", "post_id", "place", "ordinal")},
	{Name: "document", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "text", "text_hash", "runes", "original_hash", "format"), db.Columns(db.Internal, "file_name", "imported_at", "imported_by", "notes"))},
	{Name: "document_table", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "document_id", "ordinal", "place", "heads", "grid"), db.Columns(db.Internal, "sheet", "read_as"))},
	{Name: "node", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"document_id", "ordinal", "level", "number", "title", "parent", "span")},
	{Name: "plan", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "document_id", "title", "issuer", "number", "state", "released", "force_day", "published_day", "closed_day", "withdrawn_day"),
		db.Columns(db.Internal, "approved_by", "taken_by", "keeping"))},
	{Name: "plan_field", Sharing: db.Distributed, Columns: db.Columns(db.Public, "plan_id", "kind", "released", "set_day")},
	{Name: "plan_release", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"plan_id", "ordinal", "act", "done_day", "post_id", "items", "kinds", "review_by", "review_day", "review_result", "why")},
	{Name: "plan_preview", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "plan_id", "account_id", "chosen")},
	{Name: "phase", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"plan_id", "ordinal", "node", "name", "first_day", "last_day", "span", "standing", "document_id")},
	{Name: "item", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"id", "title", "lead", "cooperating", "responsible", "period", "project", "released", "tags", "withdrawn_day", "standing")},
	{Name: "plan_item", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"plan_id", "item_id", "document_id", "node", "ordinal", "rank", "under", "span")},
	{Name: "item_order", Sharing: db.Distributed, Columns: db.Columns(db.Public,
		"item_id", "kind", "year", "serial", "words", "giver", "given_day")},
	{Name: "item_owner", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "item_id", "unit_id", "duty", "post_id"),
		db.Columns(db.Internal, "state", "reason", "reply", "said", "set_day", "answered_day", "answered_post"))},
	{Name: "report", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "item_id", "unit_id", "period", "revision", "state", "done", "on_behalf", "standing", "reported_day", "decided_day"),
		db.Columns(db.Internal, "next_step", "difficulty", "need", "need_from", "proof", "reason", "post_id"))},
	{Name: "collection", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "id", "kind", "title", "words", "due_day", "unit_id", "plan_id", "item_id", "milestone_id",
		"questions", "items", "template", "heads", "state", "started_day", "closed_day", "extensions", "post_id")},
	{Name: "collection_owed", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "collection_id", "unit_id", "ordinal", "own_rows", "fields", "standing", "revision",
		"first_day", "sent_day", "on_behalf", "decided_day", "due_day")},
	{Name: "collection_declined", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "milestone_id", "reason", "declined_day", "post_id")},
	{Name: "collection_answer", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "collection_id", "unit_id", "revision", "answers", "file_hash", "file_name", "file_bytes",
		"on_behalf", "standing", "reasons", "sent_day", "decided_day", "post_id")},
	{Name: "summary_draft", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "plan_id", "period", "introduction", "post_id")},
	{Name: "summary_words", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"item_id", "unit_id", "period", "revision", "done", "next_step", "difficulty", "need", "post_id")},
	{Name: "summary_edition", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"id", "plan_id", "kind", "year", "serial", "period", "content", "digest", "issued_day", "post_id")},
	{Name: "milestone_reached", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "milestone_id", "revision", "item_id", "unit_id", "reached_day", "standing", "confirmed_day"),
		db.Columns(db.Internal, "proof", "on_behalf", "reason", "said_day", "decided_day", "post_id"))},
	{Name: "unit_signing", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "unit_id", "wanted", "set_day", "post_id")},
	{Name: "item_reporting", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "item_id", "set_day", "post_id")},
	{Name: "report_draft", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"unit_id", "item_id", "owner_id", "period", "told", "state", "reason", "said_day", "post_id")},
	{Name: "report_file", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"id", "item_id", "unit_id", "period", "name", "content_hash", "size", "added_day", "removed_day", "post_id")},
	{Name: "draft_step", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"plan_id", "seq", "account_id", "done_at", "pattern", "args", "edits", "nodes", "state", "undoes")},
	{Name: "table_column", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "account_id", "shown")},
	{Name: "target", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "revision", "item_id", "quote", "indicator", "bound", "value", "max_value", "start_value", "unit",
			"scope", "period", "start_day", "deadline", "hardness", "aggregate", "direction", "span", "standing", "document_id"),
		db.Columns(db.Internal, "flags", "derived"))},
	{Name: "milestone", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "revision", "item_id", "title", "due", "hardness", "proof", "span", "standing", "document_id"),
		db.Columns(db.Internal, "flags", "derived"))},
	{Name: "question", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "id", "plan_id", "ordinal", "kind", "pattern", "args", "choices", "span", "item_id", "target_id", "milestone_id", "state", "chosen", "words", "document_id"),
		db.Columns(db.Internal, "as_read", "answered_by"))},
	{Name: "plan_change", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "plan_id", "version", "kind", "cause", "basis", "approved_day", "source_id", "entered_at", "post_id"),
		db.Columns(db.Internal, "approved_by", "account_id"))},
	{Name: "plan_document", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "plan_id", "version", "document_id", "number", "approved_day", "adopted_at", "released"), db.Columns(db.Internal, "approved_by", "places"))},
	{Name: "plan_difference", Sharing: db.Distributed, Columns: db.Join(
		db.Columns(db.Public, "plan_id", "document_id", "ordinal", "kind", "said", "state", "reason", "change_version", "decided_at"), db.Columns(db.Internal, "effect"))},
	{Name: "plan_change_part", Sharing: db.Distributed, Columns: db.Columns(db.Public, "plan_id", "version", "part", "item_id", "edits")},
	{Name: "lamp_rule", Sharing: db.Distributed, Columns: db.Join( // public pages show when a day is near
		db.Columns(db.Public, "near_days", "working", "blue"),
		db.Columns(db.Internal, "preset", "behind", "set_day", "post_id"))},
	{Name: "lamp_hand", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "item_id", "unit_id", "lamp", "reason", "was", "set_day", "until_day", "ended_day", "post_id")},
	{Name: "report_last", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "item_id", "unit_id", "period", "revision", "state", "standing", "reported_day", "decided_day")},
	{Name: "order_about", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "item_id", "about_id", "post_id")},
	{Name: "order_answer", Sharing: db.Distributed, Columns: db.Columns(db.Internal,
		"item_id", "ordinal", "unit_id", "words", "answered_day", "post_id", "standing", "reason", "decided_day", "decided_post")},
	{Name: "indicator", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "id", "name", "measure", "definition", "aggregation", "direction", "class_wanted", "subjects",
		"numerator_id", "divisor_id", "released", "opened_day"), db.Columns(db.Internal, "post_id"))},
	{Name: "goal", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "id", "target_id", "item_id", "indicator_id", "from_day", "to_day", "set_day", "windows"), db.Columns(db.Internal, "post_id"))},
	{Name: "goal_share", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "goal_id", "above_id", "revision", "unit_id", "value", "issued_day"), db.Columns(db.Internal, "post_id"))},
	{Name: "goal_share_draft", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "goal_id", "above_id", "typed", "saved_day", "post_id")},
	{Name: "fact", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "id", "indicator_id", "unit_id", "place_id", "day", "instant", "quantity", "subject", "kind", "state", "class", "corrects", "next_id", "claimed"),
		db.Columns(db.Internal, "source", "on_behalf", "note", "evidence_hash", "post_id"))},
	{Name: "fact_subject", Sharing: db.Distributed, Columns: db.Columns(db.Public, "indicator_id", "subject", "fact_id", "unit_id", "day", "quantity", "counted")},
	{Name: "fact_person", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "id"), db.Columns(db.Personal, "sealed"))},
	{Name: "fact_month", Sharing: db.Distributed, Columns: db.Columns(db.Public, "indicator_id", "tier", "month", "unit_id", "above_id", "reported", "counted", "facts", "checked")},
	{Name: "fact_close", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "unit_id", "month", "facts", "closed_day", "instant", "post_id")},
	{Name: "fact_doubt", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "id", "fact_id", "said_day", "words")},
	{Name: "fact_grid_draft", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "unit_id", "month", "typed", "saved_day", "post_id"), db.Columns(db.Personal, "sealed"))},
	{Name: "fact_evidence", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "hash", "fact_id")},
	{Name: "fact_import", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "id", "file_hash", "file_name", "unit_id", "read_as", "state", "digest", "rows_hash", "counts", "done",
		"account_id", "post_id", "offered_day", "decided_day"), db.Columns(db.Personal, "sealed"))},
	{Name: "fact_import_part", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "import_id", "part"), db.Columns(db.Personal, "sealed"))},
	{Name: "fact_sheet_map", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "unit_id", "heads", "kept", "set_day", "post_id")},
	{Name: "fact_draw", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "id", "unit_id", "month", "commitment", "committed_seq", "committed_at", "source", "not_before", "drawn", "each_least",
		"root", "frozen_seq", "frozen_at", "revealed_seq", "revealed_at", "seed", "randomness"), db.Columns(db.Internal, "post_id"))},
	{Name: "fact_draw_secret", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "draw_id", "sealed")},
	{Name: "fact_draw_entry", Sharing: db.Distributed, Columns: db.Columns(db.Public, "draw_id", "fact_id", "stratum", "place")},
	{Name: "burden_cap", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Public, "from_day", "minutes"), db.Columns(db.Internal, "post_id"))},
	{Name: "reminder", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "id", "number", "chase_id", "unit_id", "post_id", "channel", "occasion", "day", "by_day", "state", "failure",
		"settled_day", "message_id", "year", "serial", "made_by", "opened_day", "opened_post", "reply", "replied_day", "replied_post")},
	{Name: "reminder_thing", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "reminder_id", "ordinal", "kind", "record_id", "unit_id", "period", "item_id", "title", "due")},
	{Name: "reminder_message", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "id", "channel", "account_id", "post_id", "day", "state", "trial", "tries", "failure",
		"subject", "words", "link", "things", "made_by")},
	{Name: "reminder_rule", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "active", "channel", "before_days", "on_day", "after_days", "escalate_after", "escalate_post",
		"quiet_from", "quiet_to", "most", "address", "set_by")},
	{Name: "reminder_gateway", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "channel", "form", "address", "sender", "template", "sealed_secret")},
	{Name: "reminder_address", Sharing: db.Distributed, Columns: db.Join(db.Columns(db.Internal, "account_id"), db.Columns(db.Personal, "sealed_mail"))},
	{Name: "search_gram", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "rank", "gram", "subject")},
	{Name: "search_build", Sharing: db.Distributed, Columns: db.Columns(db.Internal, "source", "after")},
}
