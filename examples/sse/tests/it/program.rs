use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::time::timeout;

use crate::LIMIT;
use crate::chromium::AnyError;
use crate::client::Client;

#[tokio::test]
async fn ctrl_c_stops_the_program_after_all_cleanups() -> Result<(), AnyError> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sse"))
        .arg("0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = program.stdout.take().expect("stdout is piped");
    let mut output = BufReader::new(output).lines();
    let mut line = async || -> Result<String, AnyError> {
        let line = timeout(LIMIT, output.next_line()).await??;
        Ok(line.unwrap_or_default())
    };
    let url = line().await?;
    let address = url.trim_start_matches("http://").parse()?;

    let first = Client::connect(address).await?;
    assert_eq!(line().await?, "visitor 1 came");
    drop(first);
    assert_eq!(line().await?, "visitor 1 left");

    let mut second = Client::connect(address).await?;
    assert_eq!(line().await?, "visitor 2 came");
    assert_eq!(second.news().await?.unwrap(), "visitor 2 came");
    let pid = program.id().expect("the program runs").to_string();
    Command::new("kill").args(["-INT", &pid]).status().await?;
    assert_eq!(line().await?, "visitor 2 left");
    assert_eq!(line().await?, "closed: 2, failed: 0, live: 0");
    assert!(program.wait().await?.success());
    assert_eq!(second.news().await?, None);
    Ok(())
}
