//! A small HTTP/1.1 client (부하 생성기) that keeps its connection, so that the load costs little beside the server.

use std::{fmt::Write, io, net::SocketAddr};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// One connection.
#[derive(Debug)]
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The head as text, in lower case names as sent.
    pub head: String,
    /// The body; empty when it was only counted.
    pub body: Vec<u8>,
    /// Its length.
    pub length: u64,
}

/// Whether a body is kept or only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Kept.
    Kept,
    /// Counted and let go: exports are large.
    Counted,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &str| line.split_once(':').is_some_and(|(n, _)| n.eq_ignore_ascii_case(name));
        self.head.lines().find(|line| named(line)).and_then(|line| line.split_once(':')).map(|(_, v)| v.trim())
    }
    /// The body as JSON; null when it is not.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// The bytes of a request.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n");
    for (name, value) in headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    if let Some(body) = body {
        let _ = write!(text, "content-length: {}\r\n", body.len());
    }
    text.push_str("\r\n");
    text.push_str(body.unwrap_or_default());
    text.into_bytes()
}

fn broken(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl Client {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10) })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn send(&mut self, request: &[u8], keep: Body) -> io::Result<Answer> {
        self.stream.write_all(request).await?;
        let end = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(self.buffer.get(..end).unwrap_or_default()).into_owned();
        self.buffer.drain(..end);
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| broken("no status"))?;
        let mut answer = Answer { status, head, body: Vec::new(), length: 0 };
        if answer.header("transfer-encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
            self.chunks(&mut answer, keep).await?;
        } else {
            let length = answer.header("content-length").and_then(|v| v.parse().ok()).unwrap_or(0);
            let length = if status == 304 || status == 204 { 0 } else { length };
            self.take(length, &mut answer, keep).await?;
        }
        Ok(answer)
    }

    async fn more(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(broken("the server closed the connection"));
        }
        Ok(())
    }

    async fn take(&mut self, length: usize, answer: &mut Answer, keep: Body) -> io::Result<()> {
        let mut left = length;
        loop {
            let here = left.min(self.buffer.len());
            if keep == Body::Kept {
                answer.body.extend_from_slice(self.buffer.get(..here).unwrap_or_default());
            }
            self.buffer.drain(..here);
            left -= here;
            answer.length += u64::try_from(here).unwrap_or_default();
            if left == 0 {
                return Ok(());
            }
            self.more().await?;
        }
    }

    async fn chunks(&mut self, answer: &mut Answer, keep: Body) -> io::Result<()> {
        loop {
            let end = loop {
                if let Some(end) = find(&self.buffer, b"\r\n") {
                    break end;
                }
                self.more().await?;
            };
            let size = String::from_utf8_lossy(self.buffer.get(..end).unwrap_or_default()).into_owned();
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| broken("no chunk size"))?;
            self.buffer.drain(..end + 2);
            self.take(size, answer, keep).await?;
            let mut line_end = Answer { status: 0, head: String::new(), body: Vec::new(), length: 0 };
            self.take(2, &mut line_end, Body::Counted).await?;
            if size == 0 {
                return Ok(());
            }
        }
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|here| here == wanted)
}
