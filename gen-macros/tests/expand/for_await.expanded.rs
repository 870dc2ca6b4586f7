fn flatten(
    sources: Vec<Source>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Item,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = Item,
> + ::gen_runtime::__private::FusedStream<Item = Item> {
    use ::gen_runtime::__private as __rt;
    let __body: <(Item, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &sources;
            let __value: () = 'body: {
                'all: for source in sources {
                    #[allow(unused)]
                    match source.items() {
                        __stream => {
                            let mut __stream = ::gen_runtime::__private::pin!(__stream);
                            while let __rt::Some(__item) = __body
                                .next(&mut __stream)
                                .await
                            {
                                let (index, item) = __item;
                                if index == 3 {
                                    continue 'all;
                                }
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
                }
                #[allow(unused)]
                match tail() {
                    __stream => {
                        let mut __stream = ::gen_runtime::__private::pin!(__stream);
                        'tail: while let __rt::Some(__item) = __body
                            .next(&mut __stream)
                            .await
                        {
                            let item = __item;
                            break 'tail;
                        }
                    }
                };
            };
        })
}
fn relay(
    inner: impl Stream<Item = u8>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u8,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u8,
> + ::gen_runtime::__private::FusedStream<Item = u8> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u8, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    let mut __argument0 = __rt::Some(inner);
    __body
        .generator(async move {
            let _ = &__argument0;
            let inner = __body.in_place(&__argument0);
            let __value: () = 'body: {
                match inner {
                    __stream => {
                        let __source = __body.source(__stream, &mut __argument0);
                        let mut __source = ::gen_runtime::__private::pin!(__source);
                        let mut __stream = __body.stream(&mut __source);
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
