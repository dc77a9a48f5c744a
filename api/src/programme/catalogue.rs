//! What projects choose from (선택 목록): fields of use and stage templates, fixed with the program.

use crate::http::{Page, Problem, Scoped};
use actix_web::get;
use domain::{
    access::act::reference as act,
    project::{self, FIELDS, Phase, TEMPLATES, Trial},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The routes of these lists.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_fields).service(list_stage_templates);
}

/// A name in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Korean.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f]+$", example = "공공")]
    ko: &'static str,
    /// English.
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f]+$",
        example = "Public administration"
    )]
    en: &'static str,
}

/// A field of use.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable code.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "public")]
    key: &'static str,
    /// Name.
    name: Label,
}

/// A path of stages.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageTemplate {
    /// Stable code.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "mois_five_steps")]
    key: &'static str,
    /// Name.
    name: Label,
    /// True when a pilot is run and judged before diffusion.
    has_pilot: bool,
    /// Programmes whose projects follow this path and no other.
    #[schema(max_items = 50, value_type = Vec<domain::programme::ProgrammeKey>)]
    programmes: &'static [&'static str],
    /// The stages in their order.
    #[schema(min_items = 1, max_items = 20)]
    stages: Vec<Stage>,
}

/// One stage of a path.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplateStage)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Stable code within its template.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z0-9][a-z0-9_-]{0,39}$", example = "identification")]
    key: &'static str,
    /// Name.
    name: Label,
    /// The phase it lies in.
    phase: Phase,
}

impl From<&'static project::Template> for StageTemplate {
    fn from(template: &'static project::Template) -> Self {
        let stages = template.stages.iter().map(|stage| Stage {
            key: stage.key,
            name: Label { ko: stage.ko, en: stage.en },
            phase: stage.phase,
        });
        Self {
            key: template.key,
            name: Label { ko: template.ko, en: template.en },
            has_pilot: template.trial == Trial::Pilot,
            programmes: template.programmes,
            stages: stages.collect(),
        }
    }
}

/// List the fields of use.
///
/// Codes never change; further fields may be added. All of them on one page.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.read"])))]
#[get("/fields")]
async fn list_fields(_scope: Scoped<act::Read>) -> Result<Page<Field>, Problem> {
    let fields = FIELDS.iter().map(|field| Field { key: field.key, name: Label { ko: field.ko, en: field.en } });
    Ok(Page { items: fields.collect(), next_page_token: None, total: None })
}

/// List the stage templates.
///
/// Each stage lies in one of the three phases. All templates on one page.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.read"])))]
#[get("/stage-templates")]
async fn list_stage_templates(_scope: Scoped<act::Read>) -> Result<Page<StageTemplate>, Problem> {
    Ok(Page { items: TEMPLATES.iter().map(StageTemplate::from).collect(), next_page_token: None, total: None })
}
