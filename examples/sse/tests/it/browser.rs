use std::io::{Write, stderr};

use fantoccini::{Client, Locator};

use crate::chromium::{AnyError, Chromium, program};
use crate::running::Running;

#[tokio::test]
async fn closing_a_tab_runs_the_cleanup() -> Result<(), AnyError> {
    // Debian's name, and that of Google's packages.
    let chromium = program("chromium").or_else(|| program("google-chrome"));
    let (Some(chromium), Some(driver)) = (chromium, program("chromedriver")) else {
        // The macros print only if a test fails.
        writeln!(stderr(), "skipped: needs Chromium and chromedriver")?;
        return Ok(());
    };
    let chromium = Chromium::start(&chromium, &driver).await?;
    // A task, so that Chromium is stopped after a failure too.
    let visit = tokio::spawn(visit(chromium.client.clone()));
    let outcome = visit.await;
    chromium.stop().await?;
    outcome?
}

/// Visits the room in two tabs, and closes them.
async fn visit(browser: Client) -> Result<(), AnyError> {
    let mut service = Running::start(2).await?;
    let page = format!("http://{}", service.address);
    let empty = browser.window().await?;

    let first = browser.new_window(true).await?.handle;
    browser.switch_to_window(first.clone()).await?;
    browser.goto(&page).await?;
    shows(&browser, &["visitor 1 came"]).await?;
    assert_eq!(service.transcript().await?, "visitor 1 came");

    let second = browser.new_window(true).await?.handle;
    browser.switch_to_window(second.clone()).await?;
    browser.goto(&page).await?;
    shows(&browser, &["visitor 2 came"]).await?;
    assert_eq!(service.transcript().await?, "visitor 2 came");

    let input = browser.find(Locator::Css("input")).await?;
    input.send_keys("good evening\u{e007}").await?;
    shows(&browser, &["visitor 2 came", "good evening"]).await?;
    assert_eq!(service.transcript().await?, "good evening");

    browser.switch_to_window(first).await?;
    shows(
        &browser,
        &["visitor 1 came", "visitor 2 came", "good evening"],
    )
    .await?;
    browser.close_window().await?;
    assert_eq!(service.transcript().await?, "visitor 1 left");

    browser.switch_to_window(second).await?;
    shows(
        &browser,
        &["visitor 2 came", "good evening", "visitor 1 left"],
    )
    .await?;
    browser.close_window().await?;
    assert_eq!(service.transcript().await?, "visitor 2 left");

    // The browser itself still runs.
    browser.switch_to_window(empty).await?;
    let report = service.stop().await?;
    assert_eq!(report.to_string(), "closed: 2, failed: 0, live: 0");
    Ok(())
}

/// Waits until the page shows the last of these lines, and compares all of them.
async fn shows(browser: &Client, lines: &[&str]) -> Result<(), AnyError> {
    let last = lines.last().expect("at least one line");
    let last = format!("//li[text() = '{last}']");
    browser.wait().for_element(Locator::XPath(&last)).await?;
    let mut shown = Vec::new();
    for line in browser.find_all(Locator::Css("li")).await? {
        shown.push(line.text().await?);
    }
    assert_eq!(shown, lines);
    Ok(())
}
