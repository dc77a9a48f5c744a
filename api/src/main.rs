//! The `axtrack` program (실행 파일); everything in it is in the library.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A request is hundreds of small allocations: the C library's allocator takes a fifth of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    api::main()
}
