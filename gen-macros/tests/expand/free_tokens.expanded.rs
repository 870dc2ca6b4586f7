fn items(
    n: u32,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &n;
            let __value: () = 'body: {
                #[allow(unused_macros)]
                macro_rules! __yield0 {
                    ($argument:expr) => {
                        { let __value = __body.value($argument); let __yield = __body
                        .frame(if false { break 'body __body.never() }). await
                        .yield_(__value); __yield. await; }
                    };
                }
                {
                    let __yield = __body
                        .frame(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await
                        .yield_(n + 1);
                    __yield.await;
                };
                println!("{}", __yield0!(n * 2), n);
                match other(n) {
                    __stream => {
                        let mut __stream = ::gen_runtime::__private::pin!(__stream);
                        while let __rt::Some(__item) = __body.next(&mut __stream).await {
                            let item = __item;
                            {
                                let __yield = __body
                                    .frame(
                                        if false {
                                            break 'body __body.never();
                                        },
                                    )
                                    .await
                                    .yield_(item);
                                __yield.await;
                            };
                        }
                    }
                };
            };
        })
}
fn block() {
    let block = {
        use ::gen_runtime::__private as __rt;
        let __body: <(_, (), Error, ()) as __rt::Types>::Body = unsafe {
            <__rt::Body<_>>::lowered_by_async_gen()
        };
        __body
            .generator(async move {
                if false {
                    return __body.never_output();
                }
                __rt::Ok('body: {
                    match other(n) {
                        __stream => {
                            let mut __stream = ::gen_runtime::__private::pin!(__stream);
                            'outer: while let __rt::Some(__item) = __body
                                .next(&mut __stream)
                                .await
                            {
                                let item = __item;
                                {
                                    let __yield = __body
                                        .frame(
                                            if false {
                                                break 'body __body.never();
                                            },
                                        )
                                        .await
                                        .yield_(item?);
                                    __yield.await;
                                };
                            }
                        }
                    };
                })
            })
    };
}
