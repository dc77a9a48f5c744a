//! GPUs and NPUs (GPU·NPU 배분): pools, rounds, requests with their allocations, waiting lists, charges.
//!
//! On PostgreSQL rows are locked in one order everywhere: the request, then its round, then its pool. Allocations and places are
//! written only by whoever holds the pool, so that what is read as taken stays so until it is booked.

mod entity;
mod find;
mod place;
mod pool;
mod request;
mod round;

pub use find::{
    AllocationFilter, PlaceFilter, RequestFilter, count_allocations, count_requests, list_allocations, list_places,
    list_requests,
};
pub use place::{
    Books, Seats, add_place, last_place, last_place_shown, pool_held, queue, queue_shown, save_offers, save_place,
    taken, taken_shown,
};
pub use pool::{PoolFilter, add_pool, charges, list_charges, list_pools, pool_keys, save_charge, save_pool, units};
pub(crate) use pool::{charges_missing, pools_missing, put_charges, put_pools};
pub use request::{add_request, save_request, taken_of_round};
pub use round::{add_round, list_rounds, save_round};
