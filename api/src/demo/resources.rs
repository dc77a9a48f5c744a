//! What the projects of the demonstration are given and use (시연용 자원 지원), made up and named so. Each step is taken by the
//! very function of its operation.

use super::{draw::Draw, step::read};
use crate::{App, http::Problem, operator, resource};
use domain::{
    access::{self, Action, Actor, Grant, Role, act},
    day::{Day, Instant},
    project::{ProjectItem, Status},
};
use serde_json::{Value, json};
use store::{
    Call, Expects, Order,
    page::PageAsk,
    project::{Filter, Sort},
};

/// Who acts when, on which project.
struct Scene<'a> {
    app: &'a App,
    draw: Draw,
}

/// A request: kind, what, amount and unit, how much is approved (none: it waits; nothing: it is rejected), what is supplied.
type Row = (&'static str, &'static str, (i64, &'static str), Option<i64>, &'static [i64]);

const REQUESTS: [Row; 4] = [
    ("talent", "학습 자료를 가려 내고 답변을 평가할 인력", (6, "person_months"), Some(4), &[2, 2]),
    ("model", "독자 파운데이션 모델을 민원 문장에 맞추는 기술 지원", (1, "models"), None, &[]),
    ("platform", "범정부 AI 공통기반 대화형 서비스 계정", (300, "accounts"), Some(300), &[120]),
    ("data", "부처 사이에 나누어 쓸 상담 자료", (3, "datasets"), Some(0), &[]),
];

impl Scene<'_> {
    fn at(&self, days: i64) -> Instant {
        let day = self.app.clock.now().plus_seconds(days.saturating_mul(86_400)).day();
        day.starts_at().plus_seconds(36_000)
    }
    fn day(&self, days: i64) -> Day {
        self.at(days).day()
    }
    fn order<A: Action>(&self, role: Role, body: &str, id: &impl ToString, days: i64) -> Result<Order<A>, Problem> {
        let body = body.parse().map_err(Problem::internal)?;
        let who = Actor { grants: vec![Grant { role, body, expires_at: None }], ..operator() };
        let (request_id, address) = (self.app.chance.uuid().to_string(), "local".to_owned());
        let call = Call { at: self.at(days), request_id, address, retry: None, expects: Expects::Anything };
        Ok(Order::new(who, id.to_string(), call))
    }

    async fn requested(&mut self, project: &ProjectItem, row: &Row) -> Result<(), Problem> {
        let (kind, what, (amount, unit), decided, supplies) = *row;
        let new =
            read(json!({ "kind": kind, "text": format!("{what} (시연용 가상 신청)"), "amount": amount, "unit": unit,
            "wanted_from": self.day(-20), "wanted_until": self.day(160) }))?;
        let order = self.order(Role::Planner, project.lead_body.as_str(), &project.id, -40)?;
        let id = self.draw.id(self.at(-40));
        let made = resource::ask(self.app, order, id, new).await?;
        let Some(approved) = decided else { return Ok(()) };
        let decision: Value = match approved {
            0 => json!({ "outcome": "rejected", "reason": "시연: 나눌 수 있는 자료가 아직 없음" }),
            _ => json!({ "outcome": "approved", "amount": approved, "reason": "시연: 가용량에 맞춤" }),
        };
        let (decision, order) = (read(decision)?, self.order(Role::Coordinator, "nia", &made.id, -30)?);
        resource::step::<act::resource_request::Decide>(self.app, order, |one, project, stamp| {
            one.decided(decision, project, stamp)
        })
        .await?;
        for (amount, days) in supplies.iter().zip([-18, -6]) {
            let supply = read(json!({ "on": self.day(days), "amount": amount, "note": "시연용" }))?;
            let order = self.order(Role::Coordinator, "nia", &made.id, days)?;
            resource::step::<act::resource_request::Supply>(self.app, order, |one, project, stamp| {
                one.supplied(supply, project, stamp)
            })
            .await?;
        }
        Ok(())
    }

    async fn adopted(&mut self, project: &ProjectItem, model: &str, how: &str) -> Result<(), Problem> {
        let new = read(json!({ "model": model, "purpose": "시연용: 답변 초안을 쓰게 한다", "how": how,
            "from": self.day(-60), "consultation": "시연용 기술 컨설팅" }))?;
        let order = self.order(Role::Planner, project.lead_body.as_str(), &project.id, -60)?;
        let id = self.draw.id(self.at(-60));
        resource::adopt(self.app, order, id, new).await?;
        Ok(())
    }

    async fn served(
        &mut self,
        (body, project): (&str, Option<&ProjectItem>),
        service: &str,
        users: &[i64],
    ) -> Result<(), Problem> {
        let new = read(json!({ "service": service, "body": body, "project": project.map(|one| one.id),
            "from": self.day(-90) }))?;
        let order = self.order(Role::Planner, body, &body, -90)?;
        let id = self.draw.id(self.at(-90));
        let made = resource::begin(self.app, order, id, new).await?;
        for (users, days) in users.iter().zip([-60, -30, -1]) {
            let count = read(json!({ "on": self.day(days), "users": users, "source": "시연용으로 지어낸 수" }))?;
            let order = self.order(Role::Planner, body, &made.id, days)?;
            resource::count(self.app, order, count).await?;
        }
        Ok(())
    }

    async fn used(&mut self, project: &ProjectItem, title: &str, licence: Value) -> Result<(), Problem> {
        let new = read(json!({ "title": format!("{title} (시연용 가상 데이터)"), "provider": "시연용 기관",
            "portal": "시연용 포털", "licence": licence }))?;
        let order = self.order(Role::Planner, project.lead_body.as_str(), &project.id, -50)?;
        let id = self.draw.id(self.at(-50));
        resource::record(self.app, order, id, new).await?;
        Ok(())
    }
}

/// Gives some projects of the demonstration resources, models, services and datasets. Says how many requests there are.
pub(super) async fn load(app: &App) -> Result<u64, Problem> {
    let scope = access::scope::<act::project::Read>(&operator());
    let filter = Filter { statuses: vec![Status::Active], ..Filter::default() };
    let page = PageAsk { size: 200, token: None };
    let found = store::project::list(&app.store, &scope, &filter, Sort::Oldest, &page).await?.items;
    let items = found.iter().map(store::project::Raw::read).collect::<Result<Vec<ProjectItem>, _>>()?;
    // Whoever decides has no part in them.
    let free =
        |item: &&ProjectItem| item.lead_body.as_str() != "nia" && item.partners.iter().all(|one| one.as_str() != "nia");
    let projects: Vec<&ProjectItem> = items.iter().filter(free).collect();
    let [one, two, three, four, ..] = projects.as_slice() else {
        return Err(Problem::internal("four projects to be given something"));
    };
    let mut scene = Scene { app, draw: Draw::of(28) };
    for (project, row) in [one, two, three, four].into_iter().zip(&REQUESTS) {
        scene.requested(project, row).await?;
    }
    scene.adopted(one, "independent-upstage", "api").await?;
    scene.adopted(two, "independent-lg", "tuned").await?;
    scene.served((one.lead_body.as_str(), Some(one)), "chat-naver-cloud", &[40, 75, 120]).await?;
    scene.served(("mois", None), "chat-samsung-sds", &[310, 420, 515]).await?;
    scene.used(one, "민원 상담 사례", json!({ "is": "kogl", "kogl_type": "1", "ai_type": false })).await?;
    scene.used(two, "법령 해석 사례", json!({ "is": "kogl", "kogl_type": "2", "ai_type": true })).await?;
    Ok(4)
}
