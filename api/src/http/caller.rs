//! Who calls, and what for (호출자): permission in the signature.

use super::{Problem, call};
use crate::{
    App,
    account::{Standing, throttle},
    prepare::anonymous,
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web::Data};
use domain::{
    access::{self, Action, Actor, Scope, Subject},
    id::Id,
};
use std::{future::Future, pin::Pin};
use store::{Call, Order, StoreError};

type Later<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// Whoever signed in, and need not change the password first.
#[derive(Debug)]
pub struct Caller(pub Actor);

/// Whoever signed in, with the session, also while the password must be changed.
#[derive(Debug)]
pub struct SignedIn(pub Standing);

/// Whoever has not shown yet who they are: signing in, refreshing, opening the first account. No answer is kept for a
/// retry of these, since each holds a secret.
#[derive(Debug)]
pub struct Visitor(pub Call);

impl Visitor {
    /// Nobody's wish to do `A`, to be recorded as refused.
    pub fn order<A: Action>(&self) -> Order<A> {
        Order::new(anonymous(), String::new(), self.0.clone())
    }
}

/// The caller's wish to do `A` to the thing in the path. The policy is asked inside the transaction (`store.write`) or
/// upon the thing that was read (`store.look`); nothing can be done with it otherwise.
#[derive(Debug)]
pub struct Allowed<A: Action>(pub Order<A>);

/// What the caller may see of a list.
pub struct Scoped<A: Action>(pub Scope<A>);

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Later<Self>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let standing = standing(&request, &app(&request)?).await?;
            if standing.must_change_password {
                return Err(Problem::new(&domain::account::PASSWORD_MUST_CHANGE));
            }
            Ok(Self(standing.actor))
        })
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = Later<Self>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(standing(&request, &app(&request)?).await?)) })
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Later<Self>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let call = call::call(&request, &app(&request)?)?;
            Ok(Self(Call { retry: None, ..call }))
        })
    }
}

impl<A: Action> FromRequest for Allowed<A> {
    type Error = Problem;
    type Future = Later<Self>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app(&request)?;
            let actor = actor::<A>(&request, &app).await?;
            let id = request.match_info().get(<A::On as Subject>::IN_PATH).unwrap_or_default().to_owned();
            Ok(Self(Order::new(actor, id, call::call(&request, &app)?)))
        })
    }
}

impl<A: Action> FromRequest for Scoped<A> {
    type Error = Problem;
    type Future = Later<Self>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app(&request)?;
            let actor = actor::<A>(&request, &app).await?;
            let scope = access::scope::<A>(&actor);
            if scope.is_empty() {
                return Err(StoreError::Denied(access::Denied {
                    actor: actor.id,
                    action: A::NAME,
                    kind: <A::On as Subject>::KIND,
                    id: String::new(),
                    visible: true,
                })
                .into());
            }
            Ok(Self(scope))
        })
    }
}

fn app(request: &HttpRequest) -> Result<Data<App>, Problem> {
    request.app_data::<Data<App>>().cloned().ok_or_else(|| Problem::internal("the application state is missing"))
}

/// Who was counted for this request, and how they stand; left for the log and the `RateLimit` headers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    /// The account, when one has signed in.
    pub actor: Option<Id<Actor>>,
    /// How the caller stands with the limit on requests.
    pub standing: throttle::Standing,
}

/// The actor behind the bearer token, unless it must choose a password of its own before it does anything.
async fn actor<A: Action>(request: &HttpRequest, app: &Data<App>) -> Result<Actor, Problem> {
    let standing = standing(request, app).await?;
    if standing.must_change_password && !access::open_without_role::<A>() {
        return Err(Problem::new(&domain::account::PASSWORD_MUST_CHANGE));
    }
    Ok(standing.actor)
}

/// Who stands behind the bearer token, counted against the limit on requests. Whoever shows no valid token is counted
/// by address.
async fn standing(request: &HttpRequest, app: &Data<App>) -> Result<Standing, Problem> {
    let known = known(request, app).await;
    let counted = match &known {
        Ok(standing) => Some(throttle::Caller::Actor(standing.actor.id)),
        Err(problem) if problem.code.status == 401 => super::address(request).map(throttle::Caller::Address),
        Err(_) => None,
    };
    // A handler may ask twice who calls; the request counts once.
    let before = request.extensions().get::<Counted>().is_some();
    if let Some(caller) = counted.filter(|_| !before) {
        let verdict = app.running.throttle.request(caller);
        let actor = known.as_ref().ok().map(|standing| standing.actor.id);
        request.extensions_mut().insert(Counted { actor, standing: *verdict.standing() });
        if let Some(wait) = verdict.retry_after() {
            return Err(Problem::new(&super::RATE_LIMITED).header("Retry-After", wait.to_string()));
        }
    }
    known
}

/// Who stands behind the bearer token, with the roles in force now.
async fn known(request: &HttpRequest, app: &Data<App>) -> Result<Standing, Problem> {
    let header = request.headers().get(actix_web::http::header::AUTHORIZATION);
    let Some(header) = header else { return Err(Problem::unauthenticated("")) };
    let token = header
        .to_str()
        .ok()
        .and_then(|h| h.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else { return Err(Problem::unauthenticated("invalid_request")) };
    crate::account::caller(app, token.trim()).await
}
