use std::io;

use crate::client::Client;
use crate::running::Running;

#[tokio::test]
async fn hanging_up_runs_the_cleanup() -> io::Result<()> {
    let mut service = Running::start(2).await?;
    let mut first = Client::connect(service.address).await?;
    assert_eq!(first.news().await?.unwrap(), "visitor 1 came");
    let mut second = Client::connect(service.address).await?;
    assert_eq!(second.news().await?.unwrap(), "visitor 2 came");
    assert_eq!(first.news().await?.unwrap(), "visitor 2 came");
    Client::say(service.address, "good evening").await?;
    assert_eq!(first.news().await?.unwrap(), "good evening");
    assert_eq!(second.news().await?.unwrap(), "good evening");
    drop(first);
    assert_eq!(second.news().await?.unwrap(), "visitor 1 left");
    drop(second);
    let lines = [
        "visitor 1 came",
        "visitor 2 came",
        "good evening",
        "visitor 1 left",
        "visitor 2 left",
    ];
    for line in lines {
        assert_eq!(service.transcript().await?, line);
    }
    let report = service.stop().await?;
    assert_eq!(report.to_string(), "closed: 2, failed: 0, live: 0");
    Ok(())
}

#[tokio::test]
async fn hanging_up_frees_the_seat() -> io::Result<()> {
    let mut service = Running::start(1).await?;
    let mut first = Client::connect(service.address).await?;
    assert_eq!(first.news().await?.unwrap(), "visitor 1 came");
    let mut second = Client::connect(service.address).await?;
    drop(first);
    // The seat is free after the goodbye.
    assert_eq!(second.news().await?.unwrap(), "visitor 2 came");
    for line in ["visitor 1 came", "visitor 1 left", "visitor 2 came"] {
        assert_eq!(service.transcript().await?, line);
    }
    Ok(())
}

#[tokio::test]
async fn shutdown_ends_the_responses_and_waits_for_the_cleanups() -> io::Result<()> {
    let mut service = Running::start(2).await?;
    let mut clients = Vec::new();
    for number in 1..=2 {
        let mut client = Client::connect(service.address).await?;
        let came = format!("visitor {number} came");
        assert_eq!(client.news().await?.unwrap(), came);
        assert_eq!(service.transcript().await?, came);
        clients.push(client);
    }
    assert_eq!(clients[0].news().await?.unwrap(), "visitor 2 came");
    let report = service.stop().await?;
    assert_eq!(report.to_string(), "closed: 2, failed: 0, live: 0");
    let mut goodbyes = [service.transcript().await?, service.transcript().await?];
    goodbyes.sort();
    assert_eq!(goodbyes, ["visitor 1 left", "visitor 2 left"]);
    for mut client in clients {
        assert_eq!(client.news().await?, None);
    }
    Ok(())
}

#[tokio::test]
async fn the_report_has_the_error_of_a_cleanup() -> io::Result<()> {
    let mut service = Running::start(1).await?;
    let mut client = Client::connect(service.address).await?;
    assert_eq!(client.news().await?.unwrap(), "visitor 1 came");
    service.break_transcript();
    drop(client);
    let report = service.stop().await?;
    assert_eq!(
        report.to_string(),
        "closed: 0, failed: 1, live: 0\n  sse::visit: broken pipe"
    );
    Ok(())
}
