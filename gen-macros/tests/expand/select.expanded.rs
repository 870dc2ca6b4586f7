fn rows(
    shutdown: Shutdown,
    mut rows: Rows,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Row,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = Row,
> + ::gen_runtime::__private::FusedStream<Item = Row> {
    let __body: <(Row, (), ()) as ::gen_runtime::__private::Types>::Body = unsafe {
        ::gen_runtime::__private::Body::new()
    };
    __body
        .generator(async move {
            let _ = (&shutdown, &rows);
            'body: {
                loop {
                    match __body
                        .wait(async {
                            tokio::select! {
                                () = shutdown.requested() =>
                                ::gen_runtime::__private::Exit::End(()), Some(row) = rows
                                .next(), if rows.is_open() =>
                                ::gen_runtime::__private::Exit::Leave(::gen_runtime::__private::Exit::End(row)),
                                else =>
                                ::gen_runtime::__private::Exit::Leave(::gen_runtime::__private::Exit::Leave(())),
                            }
                        })
                        .await
                    {
                        ::gen_runtime::__private::Exit::End(()) => return,
                        ::gen_runtime::__private::Exit::Leave(
                            ::gen_runtime::__private::Exit::End(row),
                        ) => {
                            __body
                                .frame(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await
                                .yield_(row)
                                .await
                        }
                        ::gen_runtime::__private::Exit::Leave(
                            ::gen_runtime::__private::Exit::Leave(()),
                        ) => break,
                    }
                }
                let (a, b) = __body
                    .wait(async { tokio::join!(rows.next(), rows.close()) })
                    .await;
            }
        })
}
