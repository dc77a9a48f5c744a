//! The foundation models and the services of the common base that come built in (기본 대장): what reports state, no more.

use super::{CommonService, FoundationModel, ModelDetails, ModelStage, ModelStep};
use crate::{
    import::{Cells, Header, Misfit, RowFaults, table},
    name::Name,
    problem::NOT_IN_LIST,
    text::{Line, Prose},
};

const MODELS: &str = include_str!("models.csv");
const SERVICES: &str = include_str!("services.csv");

const MODEL_HEADER: Header =
    Header { required: &["key", "name_ko", "name_en", "maker", "stages", "note", "source"], optional: &[] };
const SERVICE_HEADER: Header = Header {
    required: &["key", "name_ko", "name_en", "kind", "provider", "opened_on", "note", "source"],
    optional: &[],
};

/// The day on which the result of the first evaluation was published.
const FIRST_EVALUATION: &str = "2026-01-15";
/// What was published of one team beside its place: its key, its score, what is said of it.
const SAID: [(&str, Option<&str>, &str); 2] = [
    ("independent-lg", Some("90.2"), "33.6/40 + 31.6/35 + 25/25"),
    ("independent-naver-cloud", None, "독자성 기준을 갖추지 못함"),
];

/// The five teams of the national project. An error would name the row of the built-in table; a test holds that there is none.
pub fn foundation_models() -> Result<Vec<FoundationModel>, RowFaults> {
    let rows = table(MODELS, MODEL_HEADER, model, |model| model.key.clone())?;
    Ok(rows.into_iter().map(|(_, model)| model).collect())
}

/// The services of the common base that reports name.
pub fn common_services() -> Result<Vec<CommonService>, RowFaults> {
    let rows = table(SERVICES, SERVICE_HEADER, service, |service| service.key.clone())?;
    Ok(rows.into_iter().map(|(_, service)| service).collect())
}

fn model(cells: &mut Cells<'_>) -> Option<FoundationModel> {
    let details = ModelDetails {
        name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
        maker: cells.must("maker")?,
        model_version: None,
        licence: None,
        note: cells.may("note")?,
        source: cells.must("source")?,
    };
    let stages: Vec<ModelStage> = cells.must_by("stages", |text| {
        text.split(';').map(|one| one.parse().map_err(|error| Misfit::new(&NOT_IN_LIST, error))).collect()
    })?;
    let (key, source) = (cells.text("key")?, details.source.clone());
    let stages = stages.into_iter().map(|stage| step(key, stage, source.clone())).collect();
    Some(FoundationModel { key: cells.must("key")?, version: 1, details, stages })
}

/// A stage with what was published of it: when the teams were chosen is not in the source.
fn step(key: &str, stage: ModelStage, source: Line<500>) -> ModelStep {
    if stage == ModelStage::Chosen {
        return ModelStep { stage, on: None, score: None, note: None, source };
    }
    let said = SAID.iter().find(|(of, ..)| *of == key);
    let note = said.and_then(|(.., words)| words.parse::<Prose<2000>>().ok());
    let score = said.and_then(|(_, score, _)| *score).and_then(|score| score.parse().ok());
    ModelStep { stage, on: FIRST_EVALUATION.parse().ok(), score, note, source }
}

fn service(cells: &mut Cells<'_>) -> Option<CommonService> {
    Some(CommonService {
        key: cells.must("key")?,
        version: 1,
        name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
        kind: cells.code("kind")?,
        provider: cells.may("provider")?,
        opened_on: cells.may("opened_on")?,
        closed_on: None,
        note: cells.may("note")?,
        source: cells.must("source")?,
    })
}
