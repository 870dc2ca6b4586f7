#[async_gen(throws = Error)]
async fn logs(client: Client) -> Page {
    println!("{}", client.status().await);
    assert_eq!(attempt! { client.ping().await? }, Ok(()), "{}", client.status().await);
}
