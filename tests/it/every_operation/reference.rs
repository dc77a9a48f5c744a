//! Reference data (기준 자료), which comes built in.

use super::{Case, Cast};
use tests::TestApp;

pub async fn case(_: &TestApp, _: &Cast, id: &str) -> Option<Case> {
    Some(Case::at(match id {
        "list_fields" => "/v1/fields",
        "list_fiscal_indicators" => "/v1/fiscal-indicators?page_size=5",
        "list_programmes" => "/v1/programmes?page_size=5",
        "read_programme" => "/v1/programmes/ai-admin-pilot-2023",
        "list_published_figures" => "/v1/published-figures?page_size=5",
        "read_published_figure" => "/v1/published-figures/ax-budget-2026",
        "list_regions" => "/v1/regions?page_size=5",
        "read_region" => "/v1/regions/26",
        "list_stage_templates" => "/v1/stage-templates",
        "import_reference" => "/v1/reference-imports/municipalities?source=test",
        _ => return None,
    }))
}
