//! Child processes and what they take (자식 프로세스): processor time and memory, read from `/proc`.

use std::{fs, time::Duration};

/// What a process has used so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Processor time of all its threads, user and system, in microseconds. The kernel counts hundredths of a second.
    pub cpu_us: u64,
    /// Resident memory in bytes.
    pub resident: u64,
}

/// A process by its id; `None` when it is gone.
pub fn used(pid: u32) -> Option<Used> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; the numbers follow its last parenthesis.
    let rest = stat.rsplit_once(')')?.1;
    let field = |n: usize| rest.split_whitespace().nth(n).and_then(|v| v.parse::<u64>().ok());
    let ticks = field(11)? + field(12)?;
    Some(Used { cpu_us: ticks * 10_000, resident: field(21)? * 4096 })
}

/// Processor time of every process whose parent is `pid`, in microseconds: the servers of a database cluster.
pub fn children_cpu(pid: u32) -> u64 {
    let Ok(all) = fs::read_dir("/proc") else { return 0 };
    let pids = all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let of = |child: u32| {
        let stat = fs::read_to_string(format!("/proc/{child}/stat")).ok()?;
        let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok()?;
        (parent == pid || child == pid).then(|| used(child))?
    };
    pids.filter_map(of).map(|u| u.cpu_us).sum()
}

/// Asks a process to end.
pub fn end(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
}

/// Puts this process behind the server when both want the processor.
pub fn step_back() {
    let _ = rustix::process::nice(5);
}

/// A pause.
pub async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
