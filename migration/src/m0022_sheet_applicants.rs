//! Score sheets (평가표) that name the bodies which apply, as their panels do: whoever belongs to one knows nothing of them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const SQLITE: &str = "UPDATE score_sheet SET document = json_set(document, '$.applicants', json((SELECT \
    json_extract(panel.document, '$.applicants') FROM panel WHERE panel.application = score_sheet.application)))";

const POSTGRES: &str = "UPDATE score_sheet SET document = jsonb_set(score_sheet.document::jsonb, '{applicants}', \
    panel.document::jsonb -> 'applicants')::text FROM panel WHERE panel.application = score_sheet.application";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        m.get_connection().execute_unprepared(if sqlite { SQLITE } else { POSTGRES }).await?;
        Ok(())
    }
}
