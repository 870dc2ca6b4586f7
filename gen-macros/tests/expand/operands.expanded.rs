fn logs(
    client: Client,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Page,
    Sent = (),
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<Page, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<Page, Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(Page, (), Error, ()) as __rt::Types>::Regions = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &client;
            if false {
                return __body.never_output();
            }
            __rt::Ok('body: {
                #[allow(unused_macros)]
                macro_rules! __await0 {
                    ($argument:expr) => {
                        match __body.here(if false { break 'body __body.never() })
                        .wait($argument). await { __next => __next.0 }
                    };
                }
                #[allow(unused_macros)]
                macro_rules! __await1 {
                    ($argument:expr) => {
                        match __body.here(if false { break 'body __body.never() })
                        .wait($argument). await { __next => __next.0 }
                    };
                }
                println!("{}", __await0!(client.status()));
                {
                    macro_rules! __operand0 {
                        () => {
                            __body.here(if false { break 'body __body.never() })
                            .attempt(async { __rt::Ok({ match __body.wait(client.ping()).
                            await { __next => __next.0 } ? }) }). await
                        };
                    }
                    assert_eq!(__operand0!(), Ok(()), "{}", __await1!(client.status()));
                };
            })
        })
}
