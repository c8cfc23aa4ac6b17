import { type InngestFunction, Middleware } from 'inngest'
import type { Recorder, RunCall } from './recorder.ts'

/** Starts the `onFailure` of a function, which the SDK counts as the function itself. */
const FAILURE_EVENT = 'inngest/function.failed'

/**
 * Tells a recorder what functions do, as the SDK sees it. That is in this process whatever engine calls them, so that every
 * engine's runs are told alike. The SDK makes one of these for each call of a function.
 */
export function createRecordingMiddleware(recorder: Recorder): Middleware.Class {
  return class extends Middleware.BaseMiddleware {
    readonly id = 'run-record'
    #call: RunCall | undefined
    #thrown: unknown

    override transformFunctionInput(arg: Middleware.TransformFunctionInputArgs) {
      const { runId, event, attempt } = arg.ctx
      const id = (arg.fn as InngestFunction.Any).id()
      const functionId = event.name === FAILURE_EVENT ? `${id}-failure` : id
      this.#call = recorder.called({ runId, functionId, event, attempt })
      return arg
    }

    override transformStepInput(arg: Middleware.TransformStepInputArgs) {
      const { stepInfo, stepOptions } = arg
      const { hashedId: hash, stepType, memoized } = stepInfo
      this.#call?.stepMet({ hash, kind: String(stepType), name: stepOptions.name ?? stepOptions.id }, memoized)
      return arg
    }

    /** The error as it is: others may tell less of it to the engine. */
    override async wrapStepHandler({ next, stepInfo }: Middleware.WrapStepHandlerArgs): Promise<unknown> {
      try {
        return await next()
      } catch (error) {
        this.#call?.stepFailed(stepInfo.hashedId, error)
        throw error
      }
    }

    override async wrapFunctionHandler({ next }: Middleware.WrapFunctionHandlerArgs): Promise<unknown> {
      try {
        return await next()
      } catch (error) {
        this.#thrown = error
        throw error
      }
    }

    override onStepStart({ stepInfo }: Middleware.OnStepStartArgs): void {
      const { hashedId: hash, stepType, options } = stepInfo
      this.#call?.stepBegan({ hash, kind: String(stepType), name: options.name ?? options.id })
    }

    override onStepComplete({ stepInfo }: Middleware.OnStepCompleteArgs): void {
      this.#call?.stepEnded(stepInfo.hashedId)
    }

    override onRunComplete({ output }: Middleware.OnRunCompleteArgs): void {
      this.#call?.completed(output)
    }

    override onRunError({ error, isFinalAttempt }: Middleware.OnRunErrorArgs): void {
      this.#call?.failed(this.#thrown ?? error, isFinalAttempt)
    }

    override transformSendEvent(arg: Middleware.TransformSendEventArgs) {
      for (const event of arg.events) recorder.sent(event)
      return arg
    }
  }
}
