//! The call of 2026 from its announcement on (공공 AI 지원사업 2026): the whole course over HTTP, told once for both databases.

mod award;
mod cast;
mod hand_in;
mod judge;
mod looks;
mod prepare;
mod settle;
mod together;
mod told;

use looks::Stage;
use tests::both;

both! {
    /// Sixteen apply, thirteen are evaluated. After every stage everybody looks at everything, and sees what is theirs to see.
    async fn the_call_of_2026(app: TestApp) {
        let mut course = prepare::opened(&app).await;
        hand_in::submitted(&app, &mut course).await;
        looks::tried(&app, &course, Stage::Open).await;
        hand_in::closed(&app, &course).await;
        judge::screened(&app, &course).await;
        judge::challenged(&app, &mut course).await;
        judge::seated(&app, &mut course).await;
        judge::given(&app, &course).await;
        looks::tried(&app, &course, Stage::Given).await;
        judge::scored(&app, &course).await;
        looks::tried(&app, &course, Stage::Scored).await;
        judge::answered(&app, &course).await;
        settle::previewed(&app, &course).await;
        let before = settle::without_sejong(&app, &course).await;
        let lot = settle::drawn(&app, &course).await;
        settle::confirmed(&app, &course, &before, lot).await;
        looks::tried(&app, &course, Stage::Confirmed).await;
        told::notified(&app, &course, lot).await;
        looks::tried(&app, &course, Stage::Told).await;
        told::objected(&app, &course).await;
        looks::tried(&app, &course, Stage::Ended).await;
        award::promoted(&app, &course).await;
        award::agreed(&app, &course).await;
        looks::tried(&app, &course, Stage::Agreed).await;
    }
}
