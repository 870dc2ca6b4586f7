//! Serves a room with three seats on a port, and prints what is said in it, until ctrl-c.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p sse -- 3000`, and then open the page in a browser.

use std::process::ExitCode;

use sse::{Room, serve};
use tokio::net::TcpListener;
use tokio::signal::ctrl_c;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).unwrap_or("3000".to_owned());
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    println!("http://{}", listener.local_addr()?);

    let room = Room::new(3, tokio::io::stdout());
    let stop = async {
        ctrl_c().await.expect("the runtime handles signals");
    };
    let report = serve(listener, room, stop).await?;
    println!("{report}");
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
