//! `axtrack evaluate` (평가 재계산): the result of an evaluation dossier, computed offline from the file alone.

use super::report::{Failure, Report};
use crate::http::strict;
use clap::Args;
use domain::{
    evaluation::{DOSSIER_REFUSED, Lot, evaluate_with, read},
    problem::{Fault, Refusal, WRONG_FORM, Words},
    selection::{Selection, lot_order},
};
use serde_json::{Value, json};
use std::{
    io::Read,
    path::{Path, PathBuf},
};

/// Which dossier.
#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// 평가 서류(JSON) 파일; `-`는 표준 입력. The dossier; `-` for the standard input.
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// 추첨 기록이 든 선정 문서(JSON) 파일. The selection of the call as the API gives it, with the lots that were drawn.
    #[arg(long, value_name = "SELECTION")]
    selection: Option<PathBuf>,
}

/// Reads the dossier and computes its result; everything that is wrong with it otherwise.
pub(super) fn run(asked: &Evaluate) -> Result<Report, Failure> {
    let bytes = bytes(asked).map_err(|e| unreadable(&asked.dossier, &e))?;
    let lots = lots(asked)?;
    let result = result(&bytes, &lots).map_err(|refusal| Failure::Refused(problem(&refusal)))?;
    Ok(Report::done(format!("{result:#}"), result))
}

fn bytes(asked: &Evaluate) -> std::io::Result<Vec<u8>> {
    if asked.dossier.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        Ok(bytes)
    } else {
        std::fs::read(&asked.dossier)
    }
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let name = file.display();
    Failure::failed("cannot_read", format!("{name}을(를) 읽지 못했습니다"), format!("{name} cannot be read: {error}"))
}

/// The lots of the selection that was named; each is drawn again from its seed.
fn lots(asked: &Evaluate) -> Result<Vec<Lot>, Failure> {
    let Some(file) = &asked.selection else { return Ok(Vec::new()) };
    let bytes = std::fs::read(file).map_err(|e| unreadable(file, &e))?;
    let refused = |words: Words| {
        let fault = Fault::told("", &WRONG_FORM, words);
        Failure::Refused(problem(&Refusal::new(&DOSSIER_REFUSED).with(vec![fault])))
    };
    let selection: Selection = serde_json::from_slice(&bytes).map_err(|e| {
        refused(Words::made(format!("선정 문서가 아닙니다: {e}"), format!("This is no selection: {e}")))
    })?;
    if selection.lots.iter().any(|lot| lot_order(&lot.seed, &lot.order) != lot.order) {
        let (ko, en) = ("추첨 순서가 시드와 맞지 않습니다", "The order of a lot does not follow from its seed");
        return Err(refused(Words::made(ko.to_owned(), en.to_owned())));
    }
    Ok(selection.lots_for_evaluation())
}

fn result(bytes: &[u8], lots: &[Lot]) -> Result<Value, Refusal> {
    let refused = |faults| Refusal::new(&DOSSIER_REFUSED).with(faults);
    let (value, mut faults) = strict::read(bytes).map_err(|e| {
        let words = Words::made(format!("JSON이 아닙니다: {e}"), format!("This is no JSON: {e}"));
        refused(vec![Fault::told("", &WRONG_FORM, words)])
    })?;
    match read(&value) {
        Ok(dossier) if faults.is_empty() => serde_json::to_value(evaluate_with(&dossier, lots)).map_err(|e| {
            refused(vec![Fault::told("", &WRONG_FORM, Words::made("결과를 쓸 수 없습니다", e.to_string()))])
        }),
        Ok(_) => Err(refused(faults)),
        Err(refusal) => {
            faults.extend(refusal.faults);
            Err(refused(faults))
        }
    }
}

/// One problem document with every fault (RFC 9457).
fn problem(refusal: &Refusal) -> Value {
    let both = |words: &Words| format!("{} / {}", words.ko, words.en);
    let errors: Vec<Value> = refusal
        .faults
        .iter()
        .map(|fault| json!({ "pointer": fault.pointer, "code": fault.code.name, "detail": both(&fault.detail) }))
        .collect();
    json!({
        "type": format!("/problems/{}", refusal.code.name),
        "title": both(&refusal.code.title),
        "status": refusal.code.status,
        "detail": both(&refusal.detail),
        "code": refusal.code.name,
        "errors": errors,
    })
}
