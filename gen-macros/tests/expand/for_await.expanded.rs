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
                let mut __place = __body.enter().await;
                'all: for source in sources {
                    #[allow(unused)]
                    match source.items() {
                        __stream => {
                            let mut __stream = ::gen_runtime::__private::pin!(__stream);
                            while let __rt::Some(__item) = match __body
                                .next(&mut __stream)
                                .await
                            {
                                __next => {
                                    __place = __next.1;
                                    __next.0
                                }
                            } {
                                let (index, item) = __item;
                                if index == 3 {
                                    continue 'all;
                                }
                                {
                                    __body.put(item, __place);
                                    __place = __body
                                        .suspend(
                                            if false {
                                                break 'body __body.never();
                                            },
                                        )
                                        .await;
                                };
                            }
                        }
                    };
                }
                #[allow(unused)]
                match tail() {
                    __stream => {
                        let mut __stream = ::gen_runtime::__private::pin!(__stream);
                        'tail: while let __rt::Some(__item) = match __body
                            .next(&mut __stream)
                            .await
                        {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        } {
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
                let mut __place = __body.enter().await;
                match inner {
                    __stream => {
                        let __source = __body.source(__stream, &mut __argument0);
                        let mut __source = ::gen_runtime::__private::pin!(__source);
                        let mut __stream = __body.stream(&mut __source);
                        while let __rt::Some(__item) = match __body
                            .next(&mut __stream)
                            .await
                        {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        } {
                            let item = __item;
                            {
                                __body.put(item, __place);
                                __place = __body
                                    .suspend(
                                        if false {
                                            break 'body __body.never();
                                        },
                                    )
                                    .await;
                            };
                        }
                    }
                };
            };
        })
}
