//! Brakes (요청 제한): on guessing passwords, by name and by address, and on any caller's requests.

use domain::{access::Actor, account::SignInName, id::Id};
use governor::{
    Quota, RateLimiter, clock::Clock, middleware::StateInformationMiddleware, nanos::Nanos,
    state::keyed::DashMapStateStore,
};
use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::{Duration, Instant},
};

/// How much is allowed, each per minute and also at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Sign-ins under one name.
    pub sign_ins_per_name: NonZeroU32,
    /// Sign-ins, refreshes and one-time tokens from one address.
    pub sign_ins_per_address: NonZeroU32,
    /// Requests of one caller.
    pub requests_per_caller: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        let of = |n: u32| NonZeroU32::MIN.saturating_add(n - 1);
        Self { sign_ins_per_name: of(5), sign_ins_per_address: of(20), requests_per_caller: of(1200) }
    }
}

/// Whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// Someone who has shown who they are.
    Actor(Id<Actor>),
    /// Anyone else, by address.
    Address(IpAddr),
}

/// How a caller stands with one limit, for the response's headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The limit's name.
    pub policy: &'static str,
    /// Requests allowed in the window.
    pub limit: u32,
    /// The window in seconds.
    pub window_seconds: u64,
    /// Requests allowed right now.
    pub remaining: u32,
    /// Seconds until all of the limit is there again, or when refused until one more is allowed.
    pub reset_seconds: u64,
}

/// Whether a request may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed(Standing),
    /// Too many: 429 with `Retry-After`.
    Refused(Standing),
}

impl Standing {
    /// The `RateLimit-Policy` header: `"requests";q=1200;w=60` (draft-ietf-httpapi-ratelimit-headers).
    pub fn policy_header(&self) -> String {
        format!("\"{}\";q={};w={}", self.policy, self.limit, self.window_seconds)
    }
    /// The `RateLimit` header: `"requests";r=1199;t=1`.
    pub fn header(&self) -> String {
        format!("\"{}\";r={};t={}", self.policy, self.remaining, self.reset_seconds)
    }
}

impl Verdict {
    /// How the caller stands, either way.
    pub const fn standing(&self) -> &Standing {
        match self {
            Self::Allowed(standing) | Self::Refused(standing) => standing,
        }
    }
    /// The `Retry-After` header in seconds, when refused.
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Allowed(_) => None,
            Self::Refused(standing) => Some(standing.reset_seconds),
        }
    }
}

/// The time that the brakes go by.
#[derive(Debug, Clone, Copy)]
pub enum Ticking {
    /// Since this moment, by a clock that never goes backwards.
    Since(Instant),
    /// Not at all, so that the speed of the machine says nothing in a test.
    Still,
}

impl Clock for Ticking {
    type Instant = Nanos;
    fn now(&self) -> Nanos {
        match self {
            Self::Since(start) => start.elapsed().into(),
            Self::Still => Nanos::default(),
        }
    }
}

/// All brakes of the server. `C` is the clock, so that tests need not wait.
#[derive(Debug)]
pub struct Throttle<C: Clock = Ticking> {
    names: Brake<SignInName, C>,
    addresses: Brake<IpAddr, C>,
    callers: Brake<Caller, C>,
}

impl<C: Clock + Clone> Throttle<C> {
    /// Sets the brakes.
    pub fn new(limits: Limits, clock: &C) -> Self {
        Self {
            names: Brake::new("sign-ins-per-name", limits.sign_ins_per_name, clock),
            addresses: Brake::new("sign-ins-per-address", limits.sign_ins_per_address, clock),
            callers: Brake::new("requests", limits.requests_per_caller, clock),
        }
    }
    /// Counts an attempt to sign in, before the password is looked at. The address comes first: one that is over its
    /// limit no longer uses up the limit of a name. Without a name (a refresh, a one-time token, or a text that can be
    /// nobody's name) only the address counts. Known and unknown names are counted alike.
    pub fn sign_in(&self, name: Option<&SignInName>, address: IpAddr) -> Verdict {
        let by_address = self.addresses.check(&network(address));
        match (by_address, name) {
            (Verdict::Allowed(_), Some(name)) => self.names.check(name),
            (verdict, _) => verdict,
        }
    }
    /// Counts a request.
    pub fn request(&self, caller: Caller) -> Verdict {
        self.callers.check(&match caller {
            Caller::Address(address) => Caller::Address(network(address)),
            actor @ Caller::Actor(_) => actor,
        })
    }
    /// How many names, addresses and callers are remembered.
    pub fn remembered(&self) -> usize {
        [self.names.limiter.len(), self.addresses.limiter.len(), self.callers.limiter.len()]
            .into_iter()
            .fold(0, usize::saturating_add)
    }
    /// Forgets those who have their whole limit again. To be called every minute, or the memory grows.
    pub fn prune(&self) {
        self.names.prune();
        self.addresses.prune();
        self.callers.prune();
    }
}

/// One limit and everybody's use of it.
#[derive(Debug)]
struct Brake<K: Hash + Eq + Clone, C: Clock> {
    policy: &'static str,
    quota: Quota,
    limiter: RateLimiter<K, DashMapStateStore<K>, C, StateInformationMiddleware>,
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> Brake<K, C> {
    fn new(policy: &'static str, per_minute: NonZeroU32, clock: &C) -> Self {
        let quota = Quota::per_minute(per_minute);
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        Self { policy, quota, limiter }
    }
    fn check(&self, key: &K) -> Verdict {
        let limit = self.quota.burst_size().get();
        let standing = |remaining, reset: Duration| Standing {
            policy: self.policy,
            limit,
            window_seconds: 60,
            remaining,
            reset_seconds: whole_seconds(reset),
        };
        match self.limiter.check_key(key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity().min(limit);
                let refill = self.quota.replenish_interval().saturating_mul(limit.saturating_sub(remaining));
                Verdict::Allowed(standing(remaining, refill))
            }
            Err(until) => Verdict::Refused(standing(0, until.wait_time_from(self.limiter.clock().now()))),
        }
    }
    fn prune(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// Rounded up, at least 1: a caller that comes back after it will be let in.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs().saturating_add(u64::from(time.subsec_nanos() > 0)).max(1)
}

/// IPv4 as it is; of IPv6 the first 64 bits, since one line commonly has all of them.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        v4 @ IpAddr::V4(_) => v4,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn name(text: &str) -> SignInName {
        text.parse().unwrap()
    }
    fn throttle() -> (Throttle<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (Throttle::new(Limits::default(), &clock), clock)
    }
    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn a_name_is_tried_five_times_a_minute_from_wherever() {
        let (throttle, clock) = throttle();
        for i in 0..5_u8 {
            let verdict = throttle.sign_in(Some(&name("minji")), IpAddr::from([192, 0, 2, i]));
            assert_eq!((verdict.standing().remaining, verdict.retry_after()), (4 - u32::from(i), None));
        }
        let refused = throttle.sign_in(Some(&name("minji")), IpAddr::from([192, 0, 2, 9]));
        assert_eq!(refused.retry_after(), Some(12));
        assert_eq!(refused.standing().policy_header(), "\"sign-ins-per-name\";q=5;w=60");
        assert_eq!(refused.standing().header(), "\"sign-ins-per-name\";r=0;t=12");
        assert_eq!(throttle.sign_in(Some(&name("other")), HOME).retry_after(), None);
        clock.advance(Duration::from_millis(11_999));
        assert_eq!(throttle.sign_in(Some(&name("minji")), HOME).retry_after(), Some(1));
        clock.advance(Duration::from_millis(1));
        assert_eq!(throttle.sign_in(Some(&name("minji")), HOME).retry_after(), None);
    }

    #[test]
    fn an_address_is_stopped_over_all_names_and_spares_them() {
        let (throttle, _) = throttle();
        for i in 0..20 {
            assert_eq!(throttle.sign_in(Some(&name(&format!("name{i}"))), HOME).retry_after(), None);
        }
        for _ in 0..9 {
            assert_eq!(throttle.sign_in(Some(&name("minji")), HOME).standing().policy, "sign-ins-per-address");
        }
        assert_eq!(throttle.sign_in(Some(&name("minji")), IpAddr::from([192, 0, 2, 2])).standing().remaining, 4);
        assert_eq!(throttle.sign_in(None, HOME).retry_after(), Some(3), "refreshes too");
    }

    #[test]
    fn one_line_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), HOME);
    }

    #[test]
    fn callers_are_counted_and_forgotten() {
        let (throttle, clock) = throttle();
        let caller = Caller::Actor(Id::new(uuid::Uuid::nil()));
        let first = throttle.request(caller);
        assert_eq!(first.standing().header(), "\"requests\";r=1199;t=1");
        for _ in 1..1200 {
            assert!(matches!(throttle.request(caller), Verdict::Allowed(_)));
        }
        assert_eq!(throttle.request(caller).retry_after(), Some(1));
        throttle.request(Caller::Address(HOME));
        clock.advance(Duration::from_secs(61));
        throttle.prune();
        assert_eq!(throttle.callers.limiter.len(), 0);
        assert_eq!(throttle.request(caller).standing().remaining, 1199);
    }
}
