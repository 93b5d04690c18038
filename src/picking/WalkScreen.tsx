import { Skeleton } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { useCommand } from "../keyboard/registry";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useNow } from "../ui/time";
import { useGoBack } from "../ui/useGoBack";
import { CameraScan } from "./CameraScan";
import { DetourStop } from "./DetourStop";
import { OtherBins, type Detour } from "./OtherBins";
import { NothingToPick } from "./PickListScreen";
import { toPickList, type PickListOrder } from "./pickList";
import { END_OF_WALK } from "./search";
import { ReportedLosses } from "./ReportLoss";
import { playScan, readScan, type ScanResult } from "./scan";
import { ScanMessage } from "./ScanMessage";
import { ShortButtons, type Form } from "./ShortButtons";
import { StopButtons } from "./StopButtons";
import { StopCard } from "./StopCard";
import { toStops, type Stop } from "./stops";
import { ToteBoard, ToteList } from "./ToteBoard";
import { useColleagues } from "./useColleagues";
import { usePicking, type Picking } from "./usePicking";
import { usePickList } from "./usePickList";
import { useStoredStop, useVisit } from "./useStoredWalk";
import { useScanner } from "./useScanner";
import { useSwipe } from "./useSwipe";
import { useWalk } from "./useWalk";
import { WalkHead } from "./WalkHead";
import classes from "./WalkScreen.module.css";
import { walkText } from "./walkText";

/** Whether the latest scan says anything at this stop: a wrong bin, or this one. */
function isAboutHere(scanned: ScanResult | null, { key }: Stop): scanned is ScanResult {
  return scanned !== null && (scanned.kind === "wrong" ? scanned.at === key : scanned.stop.key === key);
}

type WalkOfOrdersProps = {
  picking: Picking;
  orders: readonly PickListOrder[];
  /** As in the address, with those that are closed. */
  orderNumbers: readonly number[];
  /** The key of the stop at which the picker left these orders before. */
  leftAt: string | undefined;
};

function WalkOfOrders({ picking, orders, orderNumbers, leftAt }: WalkOfOrdersProps) {
  const { businessAccountId } = useBusiness();
  const presenceAt = useColleagues();
  const end = useMutation(api.orders.picking.walks.end);
  const now = useNow();
  const goBack = useGoBack();
  const stops = toStops(toPickList(orders));
  const walk = useWalk(stops, picking, leftAt);
  const { current, left, total } = walk;
  useVisit(orderNumbers, current?.key ?? END_OF_WALK);
  const endWalk = () => {
    // Without a connection the walk stays to be resumed, which does no harm.
    if (picking.setPicked) void end({ businessAccountId }).catch(() => undefined);
  };
  const finish = () => {
    endWalk();
    goBack();
  };
  // For its stop only: at another one, none is open.
  const [openForm, setOpenForm] = useState<{ stopKey: string; form: Form } | null>(null);
  const form = openForm && openForm.stopKey === current?.key ? openForm.form : null;
  const [detour, setDetour] = useState<Detour | null>(null);
  const [scanned, setScanned] = useState<ScanResult | null>(null);
  const scan = (label: string) => {
    const result = readScan(stops, current, label);
    playScan(result);
    setScanned(result);
    if (result.kind !== "wrong" && !detour) walk.goTo(result.stop);
  };
  useScanner(scan);
  const detourFrom = stops.find(({ key }) => key === detour?.stopKey);
  const swipe = useSwipe(walk.goOn, walk.back);
  useCommand("nextStop", () => void (detour ?? walk.skip()));
  useCommand("previousStop", () => void (detour ?? walk.back?.()));
  useCommand("undoStop", () => void (detour ?? walk.undo?.()));
  return (
    <>
      <WalkHead progress={{ left, total }} picking={picking}>
        <CameraScan onScan={scan} />
      </WalkHead>
      {detour && detourFrom && picking.setPicked ? (
        <DetourStop
          stop={detourFrom}
          detour={detour}
          setPicked={picking.setPicked}
          onEnd={() => setDetour(null)}
        />
      ) : current === null ? (
        <ToteBoard
          orders={orders}
          canPack={picking.setPicked !== undefined}
          onBack={walk.back}
          onUndo={walk.undo}
          onGoOn={left > 0 ? walk.skip : undefined}
          onFinish={finish}
          onPack={endWalk}
        />
      ) : (
        <>
          <div className={classes.stop} {...swipe}>
            <ErrorAlert message={walk.reports.errorMessage} />
            {isAboutHere(scanned, current) && <ScanMessage result={scanned} goTo={current.location} />}
            <StopCard stop={current} now={now} presence={presenceAt(current.key)}>
              {picking.setPicked && (
                <>
                  <OtherBins stop={current} onDetour={setDetour} />
                  {current.isToDo && (
                    <ShortButtons
                      stop={current}
                      reports={walk.reports}
                      form={form}
                      onForm={(chosen) => setOpenForm(chosen && { stopKey: current.key, form: chosen })}
                    />
                  )}
                  {current.lines.map((line) => (
                    <ReportedLosses key={line.lineId} line={line} isOneOfMany={current.lines.length > 1} />
                  ))}
                </>
              )}
            </StopCard>
            <details className={classes.orders}>
              <summary>{walkText.ordersInWalk(orders.length)}</summary>
              <ToteList orders={orders} />
            </details>
          </div>
          <div className={classes.foot}>
            <StopButtons
              stop={current}
              walk={walk}
              canPick={picking.setPicked !== undefined}
              isReporting={form !== null}
            />
          </div>
        </>
      )}
    </>
  );
}

/** A walk past the bins of one or several orders, one stop at a time. On a phone, it has the whole screen. */
export function WalkScreen() {
  const picking = usePicking();
  const { isLoading, open, orderNumbers } = usePickList(picking);
  const stored = useStoredStop(orderNumbers);
  return (
    <div className={classes.walk} data-focused-screen data-testid="walk">
      <title>{walkText.title}</title>
      {open.length > 0 && !stored.isLoading ? (
        <WalkOfOrders picking={picking} orders={open} orderNumbers={orderNumbers} leftAt={stored.stop} />
      ) : (
        <>
          <WalkHead progress={null} picking={picking} />
          {isLoading || stored.isLoading ? <Skeleton height={260} /> : <NothingToPick />}
        </>
      )}
    </div>
  );
}
