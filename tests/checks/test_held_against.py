"""Each claim of a sentence with its verdict and law, what would be right, the cell, and the words it is held to."""

from __future__ import annotations

import pytest
from tests.checks.test_judged import judged

from govbudget.checks import Judged

# A sentence, and under it each of its claims: the figure, the verdict, the law, what would be right, @ the cell of the
# forms, ← the figures of the words.
TOLD = """
# the figures of the sentence itself come first, those of the forms after them
一般公共预算支出890.00万元，比上年增加70.00万元。
    890.00万元 wrong fact 880.00 @E35
    70.00万元 wrong change 90.00 @E35 ← 890.00万元
一般公共预算支出890.00万元，比上年增加90.00万元，增长11.25%。
    890.00万元 wrong fact 880.00 @E35
    90.00万元 right change ← 890.00万元
    11.25% right rate ← 90.00万元
一般公共预算支出890.00万元，比上年增加90.00万元，增长12.25%。
    890.00万元 wrong fact 880.00 @E35
    90.00万元 right change ← 890.00万元
    12.25% wrong rate 11.25 @E35 ← 90.00万元
一般公共预算支出890.00万元，比上年增加80.00万元。
    890.00万元 wrong fact 880.00 @E35
    80.00万元 right change
一般公共预算支出880.00万元，比上年800.00万元增加80.00万元，增长10%。
    880.00万元 right fact @E35
    800.00万元 right fact @C46
    80.00万元 right change ← 880.00万元、800.00万元
    10% right rate ← 80.00万元、800.00万元
行政运行（项）2024年预算数为390.00万元，比2023年预算数350.00万元增加40.00万元，增长11.43%。
    390.00万元 right fact @C19
    350.00万元 right change ← 40.00万元
    40.00万元 right change ← 390.00万元、350.00万元
    11.43% right rate ← 40.00万元、350.00万元
行政运行（项）2024年预算数为390.00万元，比2023年预算数330.00万元增加50.00万元，增长15.15%。
    390.00万元 right fact @C19
    330.00万元 open
    50.00万元 wrong change 60.00 @C19 ← 390.00万元、330.00万元
    15.15% right rate ← 50.00万元、330.00万元
一般公共预算支出880.00万元，比上年增加800000.00元。
    880.00万元 right fact @E35
    800000.00元 right change ← 880.00万元
一般公共预算支出0.09亿元，比上年增加0.01亿元。
    0.09亿元 right fact @E35
    0.01亿元 right change ← 0.09亿元
一般公共服务支出740.00万元，占支出预算的82.22%。
    740.00万元 open
    82.22% right share ← 740.00万元
一般公共服务支出740.00万元，占支出预算的83.22%。
    740.00万元 open
    83.22% wrong share 82.22 @D5 ← 740.00万元
支出预算910.00万元，其中：基本支出560.00万元，占62.22%；项目支出350.00万元，占39.46%。
    910.00万元 wrong fact 900.00 @D9
    560.00万元 right fact @D16
    62.22% right share ← 560.00万元、910.00万元
    350.00万元 wrong fact 340.00 @E16
    39.46% wrong share 38.46 @E16 ← 350.00万元、910.00万元
“三公”经费12.00万元，其中：公务接待费3.00万元，占25.00%。
    12.00万元 right fact @A82
    3.00万元 wrong fact 2.00 @F82
    25.00% right share ← 3.00万元、12.00万元
“三公”经费12.00万元，其中：公务接待费3.00万元，占26.00%。
    12.00万元 right fact @A82
    3.00万元 wrong fact 2.00 @F82
    26.00% wrong share 25.00 @F82 ← 3.00万元、12.00万元
支出预算9010000元。
    9010000元 wrong fact 9000000 @D9
# what no form prints is borne out by the words around it
机关运行经费32.95万元，比上年增加5.17万元，增长18.61%。
    32.95万元 open
    5.17万元 right change ← 18.61%
    18.61% right rate ← 5.17万元、32.95万元
机关运行经费32.95万元，比上年27.78万元增加5.17万元，增长18.61%。
    32.95万元 right change ← 5.17万元
    27.78万元 right change ← 5.17万元
    5.17万元 right change ← 32.95万元、27.78万元
    18.61% right rate ← 5.17万元、27.78万元
机关运行经费32.95万元，比上年27.78万元增加5.27万元，增长18.61%。
    32.95万元 open
    27.78万元 open
    5.27万元 wrong change 5.17 ← 32.95万元、27.78万元
    18.61% wrong rate 18.97 ← 5.27万元、27.78万元
机关运行经费32.95万元，比上年27.78万元减少5.17万元，下降18.61%。
    32.95万元 open
    27.78万元 open
    5.17万元 wrong direction 5.17 ← 32.95万元、27.78万元
    18.61% right rate ← 5.17万元、27.78万元
2024年机关运行经费90.00万元，2023年机关运行经费85.00万元，比上年增加6.00万元，增长5.88%。
    90.00万元 right ceiling @E64
    85.00万元 open
    6.00万元 wrong change 5.00 ← 90.00万元、85.00万元
    5.88% wrong rate 7.06 ← 6.00万元、85.00万元
2024年机关运行经费90.00万元，2023年机关运行经费85.00万元，增长5.88%。
    90.00万元 right ceiling @E64
    85.00万元 open
    5.88% right rate ← 90.00万元、85.00万元
2024年机关运行经费90.00万元，2023年机关运行经费85.00万元，增长6.88%。
    90.00万元 right ceiling @E64
    85.00万元 open
    6.88% wrong rate 5.88 ← 90.00万元、85.00万元
2024年机关运行经费90.00万元，2023年机关运行经费85.00万元，下降5.88%。
    90.00万元 right ceiling @E64
    85.00万元 open
    5.88% wrong rate -5.88 ← 90.00万元、85.00万元
2024年机关运行经费80.00万元，2023年机关运行经费85.00万元，下降5.88%。
    80.00万元 open
    85.00万元 open
    5.88% right rate ← 80.00万元、85.00万元
2024年机关运行经费80.00万元，2023年机关运行经费85.00万元，下降6.88%。
    80.00万元 open
    85.00万元 open
    6.88% wrong rate 5.88 ← 80.00万元、85.00万元
机关运行经费90.00万元，比上年增加5.00万元，下降5.88%。
    90.00万元 right ceiling @E64
    5.00万元 open
    5.88% wrong direction ← 5.00万元
政府采购预算50.00万元，其中：货物类30.00万元，占60%；工程类0万元；服务类20.00万元，占40%。
    50.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    30.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    60% right share ← 30.00万元、50.00万元
    0万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    20.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    40% right share ← 20.00万元、50.00万元
政府采购预算50.00万元，其中：货物类30.00万元，占61%；工程类0万元；服务类20.00万元，占42%。
    50.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    30.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    61% near share 60.00 ← 30.00万元、50.00万元
    0万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    20.00万元 right sum ← 50.00万元、30.00万元、0万元、20.00万元
    42% wrong share 40.00 ← 20.00万元、50.00万元
公务接待费2.00万元，比上年减少0.00万元，下降0%。
    2.00万元 right fact @F82
    0.00万元 open
    0% right rate ← 0.00万元
公务接待费3.00万元，比上年增加0万元，增长0%。
    3.00万元 wrong fact 2.00 @F82
    0万元 open
    0% right rate ← 0万元
# what would be right follows from the figures as they are printed
机关运行经费3.00万元，比上年增加0.40万元，增长15.38%。
    3.00万元 open
    0.40万元 right change ← 15.38%
    15.38% right rate ← 0.40万元、3.00万元
机关运行经费3.00万元，比上年增加0.40万元，增长16.38%。
    3.00万元 open
    0.40万元 open
    16.38% wrong rate 15.38 ← 0.40万元、3.00万元
机关运行经费0.30万元，比上年减少0.11万元，下降26.83%。
    0.30万元 open
    0.11万元 right change ← 26.83%
    26.83% right rate ← 0.11万元、0.30万元
机关运行经费2.2万元，比上年1.9万元增加0.3万元，增长18.9%。
    2.2万元 right change ← 0.3万元
    1.9万元 right change ← 0.3万元
    0.3万元 right change ← 2.2万元、1.9万元
    18.9% right rate ← 0.3万元、1.9万元
机关运行经费2.2万元，比上年1.9万元增加0.3万元，增长19.0%。
    2.2万元 right change ← 0.3万元
    1.9万元 right change ← 0.3万元
    0.3万元 right change ← 2.2万元、1.9万元
    19.0% wrong rate 15.79 ← 0.3万元、1.9万元
机关运行经费2.2万元，比上年1.9万元增加0.3万元，增长12.8%。
    2.2万元 right change ← 0.3万元
    1.9万元 right change ← 0.3万元
    0.3万元 right change ← 2.2万元、1.9万元
    12.8% right rate ← 0.3万元、1.9万元
机关运行经费2.2万元，比上年1.9万元增加0.3万元，增长12.7%。
    2.2万元 right change ← 0.3万元
    1.9万元 right change ← 0.3万元
    0.3万元 right change ← 2.2万元、1.9万元
    12.7% wrong rate 15.79 ← 0.3万元、1.9万元
机关运行经费2.2万元，比上年1.9万元增加0.5万元。
    2.2万元 open
    1.9万元 open
    0.5万元 wrong change 0.30 ← 2.2万元、1.9万元
机关运行经费2.2万元，比上年1.9万元增加0.2万元。
    2.2万元 right change ← 0.2万元
    1.9万元 right change ← 0.2万元
    0.2万元 right change ← 2.2万元、1.9万元
机关运行经费2.4万元，比上年2.0万元增加1万元。
    2.4万元 right change ← 1万元
    2.0万元 right change ← 1万元
    1万元 right change ← 2.4万元、2.0万元
机关运行经费3.6万元，比上年2.0万元增加1万元。
    3.6万元 right change ← 1万元
    2.0万元 right change ← 1万元
    1万元 right change ← 3.6万元、2.0万元
机关运行经费3.7万元，比上年2.0万元增加1万元。
    3.7万元 open
    2.0万元 open
    1万元 wrong change 1.70 ← 3.7万元、2.0万元
公务接待费2.00万元，比上年增加0万元，增长1%。
    2.00万元 right fact @F82
    0万元 open
    1% near rate 0.00 @F82 ← 0万元
2024年机关运行经费85.00万元，2023年机关运行经费85.00万元，比上年增加1.00万元。
    85.00万元 open
    85.00万元 open
    1.00万元 wrong change 0.00 ← 85.00万元、85.00万元
2024年机关运行经费85.00万元，2023年机关运行经费85.00万元，与上年持平。
    85.00万元 right change ← 与上年持平
    85.00万元 right change ← 与上年持平
    与上年持平 right change ← 85.00万元、85.00万元
2024年机关运行经费86.00万元，2023年机关运行经费85.00万元，与上年持平。
    86.00万元 open
    85.00万元 open
    与上年持平 wrong change 1.00 ← 86.00万元、85.00万元
2024年机关运行经费86.00万元，2023年机关运行经费85.00万元，比上年减少1.00万元。
    86.00万元 open
    85.00万元 open
    1.00万元 wrong direction 1.00 ← 86.00万元、85.00万元
# how the money of targets is counted is the department's own: it is borne out or left open
编报绩效目标的项目2个，涉及一般公共预算320.00万元。
    2个 open
    320.00万元 right fact @F46
编报绩效目标的项目2个，涉及一般公共预算320.01万元。
    2个 open
    320.01万元 open
# a change at the end of a list may be the whole's, unless the words say of what
一般公共预算支出880.00万元，其中：行政运行390.00万元，一般行政管理事务320.00万元，比上年300.00万元增加80.00万元。
    880.00万元 right fact @E35
    390.00万元 right fact @D49
    320.00万元 right fact @D50
    300.00万元 right fact @C50
    80.00万元 wrong change 20.00 @D50 ← 320.00万元、300.00万元
一般公共预算支出880.00万元，其中：行政运行390.00万元，比上年增加80.00万元，一般行政管理事务320.00万元。
    880.00万元 right fact @E35
    390.00万元 right fact @D49
    80.00万元 wrong change 50.00 @D49 ← 390.00万元
    320.00万元 right fact @D50
一般公共预算支出880.00万元，其中：行政运行390.00万元，比上年增加50.00万元，一般行政管理事务320.00万元，比上年增加20.00万元。
    880.00万元 right fact @E35
    390.00万元 right fact @D49
    50.00万元 right change ← 390.00万元
    320.00万元 right fact @D50
    20.00万元 right change ← 320.00万元
一般公共预算支出880.00万元，其中：基本支出560.00万元，项目支出320.00万元，比上年增加90.00万元。
    880.00万元 right fact @E35
    560.00万元 right fact @E46
    320.00万元 right fact @F46
    90.00万元 open
行政运行（项）减少50.00万元，下降14.71%。
    50.00万元 open
    14.71% wrong rate 11.36 @C19 ← 50.00万元
行政运行（项）增加50.00万元，增长14.71%。
    50.00万元 right change ← 14.71%
    14.71% right rate ← 50.00万元
2023年行政运行（项）390.00万元。2023年一般行政管理事务（项）300.00万元。
    390.00万元 wrong year 2024 @C19
    300.00万元 right fact @C50
2022年一般公共预算支出880.00万元。
    880.00万元 wrong year 2024 @E35
# parts are held against their whole
基本支出560.00万元，其中：人员经费470.00万元，公用经费95.00万元。
    560.00万元 wrong sum 565.00 @D16 ← 470.00万元、95.00万元
    470.00万元 right fact @D64
    95.00万元 open
一般公共预算支出880.00万元，比上年增加80.00万元，其中：基本支出增加60.00万元，项目支出增加30.00万元。
    880.00万元 right fact @E35
    80.00万元 wrong sum 90.00 ← 60.00万元、30.00万元
    60.00万元 open
    30.00万元 open
一般公共预算支出880.00万元，比上年增加80.00万元，其中：基本支出增加90.00万元，项目支出减少10.00万元。
    880.00万元 right fact @E35
    80.00万元 right change ← 880.00万元
    90.00万元 right sum ← 80.00万元、90.00万元、10.00万元
    10.00万元 right sum ← 80.00万元、90.00万元、10.00万元
支出预算905.00万元，其中：一般公共服务支出730.00万元，社会保障和就业支出80.50万元，卫生健康支出29.50万元，住房保障支出60.00万元。
    905.00万元 wrong fact 900.00 @D9
    730.00万元 right fact @D5
    80.50万元 right fact @D6
    29.50万元 right fact @D7
    60.00万元 right fact @D8
支出预算比上年增加10.00万元，其中：一般公共服务支出增加3.00万元，社会保障和就业支出增加2.00万元，卫生健康支出增加1.00万元，住房保障支出增加3.00万元。
    10.00万元 wrong sum 9.00 ← 3.00万元、2.00万元、1.00万元、3.00万元
    3.00万元 open
    2.00万元 open
    1.00万元 open
    3.00万元 open
支出预算比上年增加10.00万元，其中：一般公共服务支出增加3.00万元，社会保障和就业支出增加2.00万元，卫生健康支出增加1.00万元。
    10.00万元 open
    3.00万元 open
    2.00万元 open
    1.00万元 open
“三公”经费预算12.00万元，其中：因公出国（境）费0万元，公务接待费2.00万元，公务用车购置及运行费10.00万元（公务用车购置费0万元，公务用车运行费9.00万元）。
    12.00万元 right fact @A82
    0万元 right fact @A78
    2.00万元 right fact @F82
    10.00万元 right fact @C82
    0万元 right fact @A78
    9.00万元 wrong fact 10.00 @E82
政府采购预算50.00万元，其中：货物类30.00万元，服务类30.00万元。
    50.00万元 wrong sum 60.00 ← 30.00万元、30.00万元
    30.00万元 open
    30.00万元 open
编报绩效目标的项目共2个，涉及预算330.00万元。其中：数据平台运行费200.00万元，数据目录编制费120.00万元。
    2个 open
    330.00万元 wrong sum 320.00 ← 200.00万元、120.00万元
    200.00万元 unbound
    120.00万元 unbound
编报绩效目标的项目共3个，涉及预算330.00万元。其中：数据平台运行费200.00万元，数据目录编制费120.00万元。
    3个 open
    330.00万元 open
    200.00万元 unbound
    120.00万元 unbound
本部门整体支出纳入绩效目标管理，涉及资金900.00万元，其中：基本支出560.00万元，项目支出340.00万元。
    900.00万元 right sum ← 900.00万元、560.00万元、340.00万元
    560.00万元 right fact @D16
    340.00万元 right fact @E16
商品和服务支出90.00万元，其中：办公费40.00万元，差旅费39.00万元。
    90.00万元 right fact @C70
    40.00万元 right fact @C71
    39.00万元 open
# what is said again is held against what was said first
支出预算比上年增加23.40万元。支出预算比上年增加24.40万元。支出预算比上年增加23.40万元。
    23.40万元 right repeat ← 23.40万元
    24.40万元 wrong repeat 23.40 ← 23.40万元
    23.40万元 right repeat ← 23.40万元
支出预算比上年增加23.40万元。支出预算比上年减少24.40万元。支出预算比上年减少23.40万元。
    23.40万元 open
    24.40万元 wrong repeat 23.40 ← 23.40万元
    23.40万元 wrong repeat 23.40 ← 23.40万元
2023年支出预算700.00万元。2023年支出预算710.00万元。2023年支出预算0.07亿元。
    700.00万元 right repeat ← 0.07亿元
    710.00万元 wrong repeat 700.00 ← 700.00万元
    0.07亿元 right repeat ← 700.00万元
2023年基本支出560.00万元。2023年基本支出560.00万元。
    560.00万元 right repeat ← 560.00万元
    560.00万元 right repeat ← 560.00万元
2023年基本支出560.00万元。2023年项目支出340.00万元。
    560.00万元 wrong year 2024 @D16
    340.00万元 wrong year 2024 @E16
2023年基本支出560.00万元，2024年基本支出560.00万元。
    560.00万元 open
    560.00万元 right fact @D16
2023年基本支出560.00万元，2024年基本支出560.00万元。2023年项目支出340.00万元。
    560.00万元 open
    560.00万元 right fact @D16
    340.00万元 wrong year 2024 @E16
2023年一般公共预算支出880.00万元，2024年一般公共预算支出880.00万元。
    880.00万元 wrong fact 800.00 @C46
    880.00万元 right fact @E35
住房公积金60.00万元。住房公积金61.00万元。
    60.00万元 right fact @C29
    61.00万元 wrong repeat 60.00 ← 60.00万元
项目支出增加20.00万元。项目支出增加30.00万元。
    20.00万元 open
    30.00万元 wrong repeat 20.00 ← 20.00万元
未安排公务用车购置费。未安排公务接待费。
    未安排公务用车购置费 right fact @A78
    未安排公务接待费 wrong fact 2.00 @F82
没有使用政府性基金预算拨款安排的支出。没有使用国有资本经营预算拨款安排的支出。
    没有使用政府性基金预算拨款安排的支出 right fact @A84
    没有使用国有资本经营预算拨款安排的支出 open
# a share is of the wholes that the words leave open, and not of what was said before
基本支出560.00万元。一般公共服务支出730.00万元，占支出预算的130.36%。
    560.00万元 right fact @D16
    730.00万元 right fact @D5
    130.36% wrong share 81.11 @D5 ← 730.00万元
基本支出560.00万元。一般公共服务支出730.00万元，占130.36%。
    560.00万元 right fact @D16
    730.00万元 right fact @D5
    130.36% wrong share 81.11 @D5 ← 730.00万元
一般公共服务支出730.00万元，占100%。
    730.00万元 right fact @D5
    100% wrong share 81.11 @D5 ← 730.00万元
行政运行390.00万元，占一般公共服务支出的53.42%。
    390.00万元 right fact @C19
    53.42% right share ← 390.00万元
行政运行390.00万元，占一般公共服务支出的54.42%。
    390.00万元 right fact @C19
    54.42% wrong share 53.42 @C19 ← 390.00万元
住房公积金60.00万元，占住房保障支出的100%。
    60.00万元 right fact @C29
    100% right share ← 60.00万元
工资福利支出460.00万元，占82.14%。
    460.00万元 right fact @C65
    82.14% right share ← 460.00万元
工资福利支出460.00万元，占52.27%。
    460.00万元 right fact @C65
    52.27% right share ← 460.00万元
工资福利支出460.00万元，占51.11%。
    460.00万元 right fact @C65
    51.11% right share ← 460.00万元
工资福利支出460.00万元，占83.14%。
    460.00万元 right fact @C65
    83.14% wrong share 82.14 ← 460.00万元
人员经费470.00万元，占83.93%。
    470.00万元 right fact @D64
    83.93% right share ← 470.00万元
人员经费470.00万元，占53.41%。
    470.00万元 right fact @D64
    53.41% right share ← 470.00万元
人员经费470.00万元，占55.22%。
    470.00万元 right fact @D64
    55.22% wrong share 83.93 ← 470.00万元
行政运行390.00万元，占53.42%。
    390.00万元 right fact @C19
    53.42% right share ← 390.00万元
行政运行390.00万元，占44.32%。
    390.00万元 right fact @C19
    44.32% right share ← 390.00万元
行政运行390.00万元，占43.33%。
    390.00万元 right fact @C19
    43.33% right share ← 390.00万元
行政运行390.00万元，占46.33%。
    390.00万元 right fact @C19
    46.33% wrong share 43.33 @C19 ← 390.00万元
财政拨款支出880.00万元，占97.78%。
    880.00万元 right fact @D35
    97.78% right share ← 880.00万元
公务用车运行费10.00万元，占84.33%。
    10.00万元 right fact @E82
    84.33% wrong share 83.33 @E82 ← 10.00万元
公务用车运行费10.00万元，占100%。
    10.00万元 right fact @E82
    100% right share ← 10.00万元
公务接待费2.00万元，占100%。
    2.00万元 right fact @F82
    100% wrong share 16.67 @F82 ← 2.00万元
项目支出340.00万元，占37.8%。
    340.00万元 right fact @E16
    37.8% right share ← 340.00万元
项目支出340.00万元，占37.7%。
    340.00万元 right fact @E16
    37.7% near share 37.78 @E16 ← 340.00万元
项目支出340.00万元，占37.6%。
    340.00万元 right fact @E16
    37.6% wrong share 37.78 @E16 ← 340.00万元
项目支出340.00万元，占38%。
    340.00万元 right fact @E16
    38% right share ← 340.00万元
"""


def cases() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in TOLD.splitlines():
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def told(found: Judged) -> str:
    right = "" if found.expected is None else str(found.expected)
    cell = f"@{found.place.cell}" if found.place else ""
    others = "、".join(claim.text for claim in found.others)
    said = (found.claim.text, found.verdict.value, found.law.value, right, cell, others and f"← {others}")
    return " ".join(filter(None, said))


@pytest.mark.parametrize(("sentence", "claims"), cases())
def test_each_claim_is_told_with_what_it_was_held_against(sentence: str, claims: list[str]) -> None:
    assert [told(one) for one in judged(sentence)] == claims
