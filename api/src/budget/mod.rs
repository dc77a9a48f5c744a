//! Budgets (예산): envelopes, lines, their ledgers, and the movements between lines.

mod body;
mod entry;
mod envelope;
mod export;
mod import;
mod line;
mod pair;

/// The routes of this capability. Fixed paths come before `/{budget_line}`.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(envelope::list_envelopes)
        .service(envelope::create_envelope)
        .service(envelope::read_envelope)
        .service(envelope::change_envelope)
        .service(export::export_budget_lines)
        .service(import::import_budget_lines)
        .service(line::list_budget_lines)
        .service(line::create_budget_line)
        .service(line::read_budget_line)
        .service(line::change_budget_line)
        .service(line::stand_budget_line)
        .service(line::remove_budget_line)
        .service(entry::read_budget_balances)
        .service(entry::list_ledger_entries)
        .service(entry::record_ledger_entry)
        .service(entry::check_ledger_entry)
        .service(entry::read_ledger_entry)
        .service(pair::reverse_ledger_entry)
        .service(pair::shift_budget)
        .service(pair::carry_over_budget);
}
