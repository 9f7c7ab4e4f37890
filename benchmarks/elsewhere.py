"""Texts that are no job ads: recipes, poems, news, letters, reviews, and prose about the trades that ads are about."""

ELSEWHERE = (
    "Apple pie\n\nPeel six apples and cut them thin. Rub cold butter into the flour, add sugar and an egg, and "
    "let the dough rest for an hour. Fill the tin, strew cinnamon over it and bake at 180 degrees for 45 minutes.",
    "Lentil soup\n\nFry an onion in oil until golden. Add two carrots, a stick of celery and 200 g of red "
    "lentils, pour in a litre of stock and simmer for half an hour. Season with cumin and lemon and serve with "
    "bread.",
    "Sourdough for beginners\n\n500 g strong flour, 350 g water, 100 g starter, 10 g salt. Mix, fold four times "
    "in two hours, shape, and leave in the fridge overnight. Bake in a hot pot, lid on for 25 minutes and off for"
    " 20.",
    "Chocolate mousse: melt 200 g of dark chocolate over hot water. Whisk four egg whites until stiff, fold them "
    "into the yolks and the chocolate, and chill for three hours before you serve it with raspberries.",
    "November\n\nThe lamps come on at half past four,\nthe leaves lie flat along the lane,\nsomebody closes up "
    "the door,\nand nobody comes home again.",
    "Harbour\n\nThe boats lean over in the mud\nand wait, as I do, for the tide.\nA gull walks by as if it "
    "could\ntell who had lived and who had died.",
    "My love is like a garden gate\nthat swings on one old hinge;\nit lets the evening in too late\nand makes the"
    " morning cringe.",
    "City ferries resume after storm\n\nFerries across the bay ran again on Tuesday after two days of gales. The "
    "port said that three piers were damaged and that repairs would take until spring. Schools on the island stay"
    " closed.",
    "Rovers win cup in extra time\n\nA header in the 118th minute gave Rovers their first cup since 1974. The "
    "captain, who had missed most of the season with a knee injury, said that he would sleep with the trophy "
    "under his bed.",
    "Parliament votes on water bill\n\nMembers voted by 214 to 187 for a bill that makes water companies pay for "
    "spills. The opposition called it toothless. The minister said that bills would rise by about four pounds a "
    "year.",
    "Central bank holds rates\n\nThe central bank kept its main rate at 3.25 per cent, as most economists had "
    "expected. Inflation fell to 2.4 per cent in October, but wages still grow faster than prices, its governor "
    "said.",
    "Dear Sir or Madam,\n\nI bought a kettle in your shop in March, and it has leaked since June. I enclose the "
    "receipt. Please send me a new one or give me my money back within fourteen days.",
    "Dear Anna, thank you for the lovely weekend. The children still talk of the pony. We got home at nine, with "
    "only one stop. Come and see us in the spring, when the cherry trees are out. Love, Marie",
    "Two stars. The room was clean, but the walls are thin, and the couple next door argued until three. "
    "Breakfast was toast and a banana. The view of the lake is as nice as in the pictures. Parking costs extra.",
    "A quiet film about a loud family. The first hour drags, yet the last scene, in which the father reads out "
    "his own obituary at dinner, is worth the ticket. The music by a village choir stays with you for days.",
    "How to prune roses\n\nPrune in late winter, before the buds break. Cut out dead wood, then anything that "
    "crosses, then shorten what is left by a third, always just above a bud that looks outwards. Burn what is "
    "diseased.",
    "Lease agreement. The tenant shall pay the rent on the first day of each month, keep the premises in good "
    "repair, and not keep animals without the landlord's written consent. Either party may end this lease with "
    "three months' notice.",
    "Chapter one\n\nOn the morning the bridge fell, Ilse was late for the first time in eleven years. She had "
    "stopped to look at a heron. Afterwards she could not say whether she owed the bird her life or an apology.",
    "Terms of delivery: goods travel at the buyer's risk. Complaints about visible defects must reach us within "
    "eight days. We remain owners of the goods until they are paid for in full. The courts of our seat have "
    "jurisdiction.",
    "The blue whale is the largest animal known to have lived. It feeds on krill, which it strains through plates"
    " of baleen, and may eat four tonnes a day. Its song carries for hundreds of kilometres under water.",
    "Chip maker's shares jump on AI demand\n\nShares of the chip maker rose 12 per cent after it said that sales "
    "to data centres had doubled in a year. Analysts warned that a few large customers account for half of them.",
    "Gradient descent finds a minimum of a function by taking steps against its gradient. With too large a step "
    "it diverges; with too small a one it takes for ever. Momentum remembers earlier steps and damps the zigzag.",
    "Python molurus is a large snake of southern Asia. It climbs and swims well, hunts mammals and birds at "
    "night, and lays up to a hundred eggs, which the female coils around and warms by shivering.",
    "Meeting notes, 3 May: roof repair costs more than thought, three quotes to be had by June. Summer party on "
    "the 12th, Petra brings the tent. The neighbours complain of the compost again. Next meeting after the "
    "holidays.",
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore "
    "magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo",
    "aaaaaaaa bbbbbbb cccccccc ddddddd eeeeeeee fffffff gggggggg hhhhhhh iiiiiiii jjjjjjj kkkkkkkk lllllll",
)
