fn numbers(
    text: &str,
    log: &mut Log,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = i32,
    Sent = (),
    Error = ParseIntError,
    Return = usize,
    Item = ::gen_runtime::__private::Result<i32, ParseIntError>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<i32, ParseIntError>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(i32, (), ParseIntError, usize) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = (&text, &log);
            if false {
                return __body.never_output();
            }
            __rt::Ok('body: {
                let mut __place = __body.enter().await;
                {
                    let mut count = 0;
                    for word in text.split(' ') {
                        if word.is_empty() {
                            return __rt::Ok(__body.returned(count));
                        }
                        if word == "stop" {
                            return Err(stopped());
                        }
                        {
                            __body.put(word.parse()?, __place);
                            __place = __body
                                .suspend(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await;
                        };
                        count += 1;
                    }
                    __body.returned(count)
                }
            })
        })
}
fn ends_as_written() -> impl ::gen_runtime::AsyncGenerator<
    Yield = u8,
    Sent = (),
    Error = io::Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<u8, io::Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<u8, io::Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u8, (), io::Error, ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            if false {
                return __body.never_output();
            }
            'body: {
                let mut __place = __body.enter().await;
                {
                    {
                        __body.put(1, __place);
                        __place = __body
                            .suspend(
                                if false {
                                    break 'body __body.never();
                                },
                            )
                            .await;
                    };
                    Ok(())
                }
            }
        })
}
