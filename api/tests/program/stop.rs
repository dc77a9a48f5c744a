//! Stopping (정지): not ready at once, nobody cut, exit code 0.

use crate::kit::{Place, Server, answer};
use std::{
    io::Write,
    net::TcpStream,
    time::{Duration, Instant},
};

const HEAD: &str = "GET /version HTTP/1.1\r\nhost: x\r\n";

#[test]
fn a_thousand_requests_in_flight_are_all_answered() {
    let place = Place::new().with("AXTRACK_KEEP_ALIVE_SECONDS", 2).with("AXTRACK_LOG_REQUESTS", "none");
    let mut server = place.serve(&[]);
    // Half have been asked but for their last line, half completely, when the signal comes.
    let mut half: Vec<TcpStream> = (0..500).map(|_| server.connect()).collect();
    let mut whole: Vec<TcpStream> = (0..500).map(|_| server.connect()).collect();
    for stream in &mut half {
        stream.write_all(HEAD.as_bytes()).unwrap();
    }
    for stream in &mut whole {
        write!(stream, "{HEAD}\r\n").unwrap();
    }
    server.signal("TERM");
    for stream in &mut half {
        stream.write_all(b"\r\n").unwrap();
    }
    for stream in half.into_iter().chain(whole) {
        assert_eq!(answer(stream).status, 200);
    }
    assert_eq!(server.ended().code(), Some(0));
    place.run(&["doctor"]).expect(0);
}

/// Waits until the signal has arrived, which is at once, on a machine that has time.
fn draining(server: &Server) {
    let began = Instant::now();
    loop {
        let ready = server.get("/readyz");
        if ready.status == 503 {
            let told = ready.json();
            return assert_eq!(told.pointer("/errors/0/code").and_then(|code| code.as_str()), Some("draining"));
        }
        assert!(began.elapsed() < Duration::from_secs(20), "still ready");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn it_is_not_ready_at_once_and_still_answers_while_it_drains() {
    let place = Place::new().with("AXTRACK_DRAIN_SECONDS", 3).with("AXTRACK_KEEP_ALIVE_SECONDS", 1);
    let mut server = place.serve(&[]);
    assert_eq!(server.get("/readyz").status, 200);
    server.signal("INT");
    draining(&server);
    // A connection that would be kept is ended.
    let mut stream = server.connect();
    write!(stream, "{HEAD}\r\n").unwrap();
    let other = answer(stream);
    assert_eq!(other.status, 200);
    assert!(other.head.contains("\r\nconnection: close"), "{}", other.head);
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn told_twice_it_stops_at_once() {
    let place = Place::new().with("AXTRACK_DRAIN_SECONDS", 60);
    let mut server = place.serve(&[]);
    server.signal("TERM");
    draining(&server);
    let began = Instant::now();
    server.signal("TERM");
    server.ended();
    assert!(began.elapsed() < Duration::from_secs(5));
}
